import { createHash } from 'node:crypto';
import { RESOURCES } from '../resources';
import { read } from '../runtime/edits';
import type { World } from '../world';
import type { Secret } from '../workloads/workload';
import { Failure } from './failure';
import type { Provider, Repo } from './shapes';

export type RepoParameters = Readonly<Record<string, string>>;

/** Provider defaults, then `config`, then the credential Secret. Nothing checks them against the provider's schema. */
export function repoParameters(repo: Repo, provider: Provider, world: World): RepoParameters {
  return { ...defaultsOf(provider), ...repo.spec?.config, ...credentialOf(repo, world) };
}

function defaultsOf({ spec }: Provider): RepoParameters {
  const properties = spec?.parametersSchema?.openAPIV3Schema?.properties ?? {};
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, property]) => {
      const { default: value } = property;
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[name, String(value)]] : [];
    }),
  );
}

function credentialOf({ spec }: Repo, world: World): RepoParameters {
  const { name = '', namespace = '' } = spec?.credential ?? {};
  if (spec?.credential === undefined) return {};
  const secret = read<Secret>(world, RESOURCES.secret, { namespace, name });
  if (secret === undefined) throw new Failure(`failed to get secret: secrets "${name}" not found`, 'CredentialSecretNotFound');
  const decoded = Object.entries(secret.data ?? {}).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]);
  return Object.fromEntries(decoded) as RepoParameters;
}

/** Changes when anything that reaches the storage changes; a new pre-check follows. */
export function repoDigest(repo: Repo, parameters: RepoParameters): string {
  const { accessMethod, storageProviderRef, pathPrefix, volumeCapacity } = repo.spec ?? {};
  const sorted = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('md5').update(JSON.stringify([accessMethod, storageProviderRef, pathPrefix, volumeCapacity, sorted])).digest('hex');
}

/** Fills the plain `{{ .Parameters.x }}` of a provider's template; other template code stays as it is. What is missing reads as Go's templates say it. */
export function renderTemplate(template: string, parameters: RepoParameters): string {
  return template.replace(/\{\{-?\s*\.Parameters\.(\w+)\s*-?\}\}/g, (_whole, name: string) => parameters[name] ?? '<no value>');
}
