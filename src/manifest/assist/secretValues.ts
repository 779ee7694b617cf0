import type { Fact } from '../facts/facts';
import type { Surroundings } from '../facts/surroundings';
import type { ManifestFile } from '../manifestFile';
import type { ManifestObject } from '../manifestObject';
import type { Path } from '../manifestPath';
import { secretKeys } from '../secretKeys';
import { namespaceOf, referenceAt } from './objectReferences';
import { originDetail } from './objectValues';
import type { Suggestion } from './suggestion';
import { textIn } from './textIn';
import { typedAt, type Typed } from './typedAt';

/** Keys of the Secret that the same map names. */
export function secretKeyValues({ object, path }: Typed, around: Surroundings): readonly Suggestion[] {
  const secret = object === undefined ? undefined : secretOfKey(object, path, around);
  return secret === undefined ? [] : secretKeys(secret.object).map((value) => ({ value, kind: 'reference', detail: originDetail(secret.origin) }));
}

/** The Secret whose key stands at a path. */
export function secretOfKey(object: ManifestObject, path: Path, around: Surroundings): Fact | undefined {
  const name = secretNameBeside(object, path);
  return name === undefined ? undefined : around.find('Secret', object.namespace, name);
}

/** The namespace of which a Secret is being named at a cursor; undefined where something else is, or none is written. */
export function secretNamespaceAt(file: ManifestFile, offset: number): string | undefined {
  for (const { object, path, part } of typedAt(file, offset)) {
    const reference = part === 'value' && object !== undefined ? referenceAt(object.kind, path) : undefined;
    if (object !== undefined && reference?.to === 'Secret') return namespaceOf(reference, object, path);
  }
  return undefined;
}

/** The name of the Secret whose key is named at a path, by its sibling. */
function secretNameBeside(object: ManifestObject, path: Path): string | undefined {
  const beside = path.slice(0, -1);
  const map = beside.at(-1);
  if (map === 'connectionCredential') return /Key$/.test(String(path.at(-1))) ? textIn(object.root, [...beside, 'secretName']) : undefined;
  if (path.at(-1) !== 'key' || (map !== 'passPhraseSecretKeyRef' && map !== 'secretKeyRef')) return undefined;
  return textIn(object.root, [...beside, 'name']);
}
