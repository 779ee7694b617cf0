import type { Fact } from '../facts/facts';
import type { Surroundings } from '../facts/surroundings';
import type { ManifestObject } from '../manifestObject';
import type { Path } from '../manifestPath';
import { originDetail } from './objectValues';
import type { Suggestion } from './suggestion';
import { textIn } from './textIn';
import type { Typed } from './typedAt';

/** Keys of the Secret that the same map names. */
export function secretKeyValues({ object, path }: Typed, around: Surroundings): readonly Suggestion[] {
  const name = object === undefined ? undefined : secretNameBeside(object, path);
  const secret = name === undefined ? undefined : around.find('Secret', object?.namespace, name);
  return secret === undefined ? [] : secretKeys(secret).map((value) => ({ value, kind: 'reference', detail: originDetail(secret.origin) }));
}

/** The Secret whose key is named at a path, by its sibling. */
function secretNameBeside(object: ManifestObject, path: Path): string | undefined {
  const beside = path.slice(0, -1);
  const map = beside.at(-1);
  if (map === 'connectionCredential') return /Key$/.test(String(path.at(-1))) ? textIn(object.root, [...beside, 'secretName']) : undefined;
  if (path.at(-1) !== 'key' || (map !== 'passPhraseSecretKeyRef' && map !== 'secretKeyRef')) return undefined;
  return textIn(object.root, [...beside, 'name']);
}

export function secretKeys({ object }: Fact): readonly string[] {
  const { data, stringData } = object as { readonly data?: unknown; readonly stringData?: unknown };
  return [...new Set([data, stringData].flatMap((map) => (typeof map === 'object' && map !== null ? Object.keys(map) : [])))];
}
