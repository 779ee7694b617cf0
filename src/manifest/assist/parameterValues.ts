import type { Dialect } from '../dialect';
import type { Surroundings } from '../facts/surroundings';
import type { ManifestObject } from '../manifestObject';
import type { StorageProviderShape } from '../storageProviders';
import type { Suggestion } from './suggestion';
import { textIn } from './textIn';
import type { Typed } from './typedAt';

/** Values of a repository's setting, by the schema of its storage provider. They are all texts. */
export function parameterValues({ object, path }: Typed, around: Surroundings, dialect: Dialect): readonly Suggestion[] {
  if (object?.kind !== 'BackupRepo' || path.length !== 3 || path[1] !== 'config') return [];
  const parameters = providerOf(object, around, dialect)?.parameters ?? {};
  const key = String(path[2]);
  const parameter = Object.hasOwn(parameters, key) ? parameters[key] : undefined;
  if (parameter === undefined) return [];
  const allowed = parameter.enum ?? (parameter.type === 'boolean' ? [true, false] : parameter.default === undefined || parameter.default === '' ? [] : [parameter.default]);
  return allowed.map((value) => ({ value: String(value), kind: 'enum', ...(value === parameter.default && { detail: 'default' }) }));
}

/** Of a provider that comes with KubeBlocks and that nobody replaces in this file. */
export function providerOf(object: ManifestObject, around: Surroundings, dialect: Dialect): StorageProviderShape | undefined {
  const name = textIn(object.root, ['spec', 'storageProviderRef']);
  if (name === undefined || around.find('StorageProvider', undefined, name)?.origin.kind === 'file') return undefined;
  return Object.hasOwn(dialect.storageProviders, name) ? dialect.storageProviders[name] : undefined;
}
