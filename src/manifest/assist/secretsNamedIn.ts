import type { SecretName } from '../facts/secretFacts';
import type { ManifestObject } from '../manifestObject';
import { referencesIn } from './objectReferences';

/** The Secrets that objects name and that are not among them, each once. Of one whose namespace is not written nothing can be asked. */
export function secretsNamedIn(objects: readonly ManifestObject[]): readonly SecretName[] {
  const named = new Map<string, SecretName>();
  for (const { to, namespace, name } of objects.flatMap(referencesIn)) {
    if (to === 'Secret' && namespace !== undefined && NAME.test(namespace) && NAME.test(name)) named.set(`${namespace}/${name}`, { namespace, name });
  }
  for (const { kind, namespace, name } of objects) if (kind === 'Secret') named.delete(`${namespace ?? ''}/${name ?? ''}`);
  return [...named.values()];
}

/** What a server could have; no placeholder, and nothing half-typed that shows it. */
const NAME = /^[a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?$/;
