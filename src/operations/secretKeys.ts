import type { KubeObject } from '../kubeblocks/objects';
import type { SecretKeys } from '../kubeblocks/policyPlan';
import { SECRET } from '../kubeblocks/repositoryPlan';
import type { SecretReader } from '../kubeblocks/secretReader';
import { ApiError } from '../kubernetes/api';
import type { OperationDeps } from './ports';
import { unlessForbidden } from './unlessForbidden';

type Deps = Pick<OperationDeps, 'api' | 'logger'>;

interface Secret extends KubeObject {
  readonly type?: string;
  readonly data?: Readonly<Record<string, string>>;
}

/** Secrets that somebody made for a purpose of their own. */
const OF_PEOPLE = { fieldSelector: 'type=Opaque' };
/** Nobody picks from a longer list. */
const MOST_NAMES = 1_000;

/** The Secrets of a namespace that somebody made for a purpose of their own, by name and keys; undefined where they may not be listed. No value is kept. */
export function secretsIn({ api, logger }: Deps, namespace: string, signal?: AbortSignal): Promise<readonly SecretKeys[] | undefined> {
  return unlessForbidden(logger, `the Secrets in ${namespace}`, async () => {
    const found: SecretKeys[] = [];
    for await (const { items } of api.listPages<Secret>(SECRET, namespace, { ...OF_PEOPLE, ...signalOf(signal) })) {
      found.push(...items.map(keysOf));
    }
    return found;
  });
}

/** One Secret by name and keys. Rejects with an `ApiError` where no answer comes. */
export async function secretKeys({ api }: Pick<Deps, 'api'>, namespace: string, name: string, signal?: AbortSignal): Promise<SecretKeys | 'missing' | 'forbidden'> {
  try {
    return keysOf(await api.get<Secret>(SECRET, name, namespace, signalOf(signal)));
  } catch (error) {
    const status = error instanceof ApiError ? error.details.status : undefined;
    if (status === 404 || status === 403) {
      return status === 404 ? 'missing' : 'forbidden';
    }
    throw error;
  }
}

/** Looks Secrets up with the rights of a session; of a whole namespace no value is even sent. */
export function secretReader(deps: Deps, context: string): SecretReader {
  return {
    context,
    keys: (namespace, name, signal) => secretKeys(deps, namespace, name, signal),
    names: (namespace, signal) =>
      unlessForbidden(deps.logger, `the names of Secrets in ${namespace}`, async () => {
        const found: string[] = [];
        for await (const { items } of deps.api.listPages(SECRET, namespace, { ...OF_PEOPLE, ...signalOf(signal), metadataOnly: true })) {
          found.push(...items.map(({ metadata: { name } }) => name));
          if (found.length >= MOST_NAMES) break;
        }
        return found;
      }),
  };
}

function signalOf(signal: AbortSignal | undefined): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

function keysOf({ metadata: { name, ownerReferences = [] }, type, data = {} }: Secret): SecretKeys {
  const [owner] = ownerReferences;
  return { name, ...(type !== undefined && { type }), keys: Object.keys(data), ...(owner === undefined ? {} : { owner: `${owner.kind} ${owner.name}` }) };
}
