import { Field } from './field';
import { readFile } from './manifestFile';

/** What kustomize makes of a file before it is applied. */
export interface Kustomized {
  /** Its objects are stretches of others. */
  readonly isPatch: boolean;
  /** Whether an object that says this namespace (or none) ends up under another name or in another namespace. */
  readonly isMoved: (namespace: string | undefined) => boolean;
}

/** What one says of other files. Patches that stand in it are texts to us. */
export interface Kustomization {
  /** Keys of files; of `resources` of folders too. */
  readonly patches: readonly string[];
  readonly resources: readonly string[];
  readonly isMoved: Kustomized['isMoved'];
}

/** What kustomize calls them. */
export const KUSTOMIZATIONS = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

export function isKustomization(uri: string): boolean {
  return KUSTOMIZATIONS.includes(uri.slice(uri.lastIndexOf('/') + 1));
}

/** What kustomizations, by their URI, make of the files with other URIs. */
export function kustomizedBy(kustomizations: Iterable<readonly [uri: string, Kustomization]>): (uri: string) => Kustomized {
  const all = new Map([...kustomizations].map(([uri, each]) => [keyOf(uri), each]));
  const patches = new Set([...all.values()].flatMap((each) => each.patches));
  const owners = new Map<string, Set<Kustomization>>();
  const own = (owner: Kustomization, resources: readonly string[]): void => {
    for (const key of resources) {
      const known = owners.get(key) ?? new Set();
      if (known.has(owner)) continue;
      owners.set(key, known.add(owner));
      for (const name of KUSTOMIZATIONS) own(owner, all.get(`${key}/${name}`)?.resources ?? []);
    }
  };
  for (const each of all.values()) own(each, each.resources);
  return (uri) => ({ isPatch: patches.has(keyOf(uri)), isMoved: (namespace) => [...(owners.get(keyOf(uri)) ?? [])].some(({ isMoved }) => isMoved(namespace)) });
}

export function readKustomization(uri: string, text: string): Kustomization {
  const root = readFile(text).documents.map(({ document }) => document.root).find((each) => each?.type === 'map');
  const field = new Field(root, undefined, '');
  const files = (...keys: readonly string[]): readonly string[] =>
    keys.flatMap((key) => field.at(key).items).flatMap((item) => {
      const path = item.text ?? item.at('path').text;
      return path === undefined || path.includes('\n') ? [] : [keyOf(new URL(path.replace(/\/$/, '').split('/').map(encodeURIComponent).join('/'), uri).href)];
    });
  const hasOtherNames = (field.at('namePrefix').text ?? field.at('nameSuffix').text) !== undefined;
  const space = field.at('namespace').text;
  return {
    patches: files('patches', 'patchesStrategicMerge', 'patchesJson6902'),
    resources: files('resources', 'bases', 'components'),
    isMoved: (namespace) => hasOtherNames || (space !== undefined && namespace !== undefined && namespace !== space),
  };
}

/** Editors and `URL` do not escape the same signs. */
function keyOf(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    // No URI: it stands for itself.
    return uri;
  }
}
