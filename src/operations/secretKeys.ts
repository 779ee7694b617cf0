import type { KubeObject } from '../kubeblocks/objects';
import type { SecretKeys } from '../kubeblocks/policyPlan';
import { SECRET } from '../kubeblocks/repositoryPlan';
import { ApiError } from '../kubernetes/api';
import type { OperationDeps } from './ports';
import { unlessForbidden } from './unlessForbidden';

type Deps = Pick<OperationDeps, 'api' | 'logger'>;

interface Secret extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

/** The Secrets of a namespace that somebody made for a purpose of their own, by name and keys; undefined where they may not be listed. No value is kept. */
export function secretsIn({ api, logger }: Deps, namespace: string, signal?: AbortSignal): Promise<readonly SecretKeys[] | undefined> {
  return unlessForbidden(logger, `the Secrets in ${namespace}`, async () => {
    const found: SecretKeys[] = [];
    for await (const { items } of api.listPages<Secret>(SECRET, namespace, { fieldSelector: 'type=Opaque', ...(signal === undefined ? {} : { signal }) })) {
      found.push(...items.map(keysOf));
    }
    return found;
  });
}

/** One Secret by name and keys. Rejects with an `ApiError` where no answer comes. */
export async function secretKeys({ api }: Deps, namespace: string, name: string, signal?: AbortSignal): Promise<SecretKeys | 'missing' | 'forbidden'> {
  try {
    return keysOf(await api.get<Secret>(SECRET, name, namespace, signal === undefined ? {} : { signal }));
  } catch (error) {
    const status = error instanceof ApiError ? error.details.status : undefined;
    if (status === 404 || status === 403) {
      return status === 404 ? 'missing' : 'forbidden';
    }
    throw error;
  }
}

function keysOf({ metadata: { name, ownerReferences = [] }, data = {} }: Secret): SecretKeys {
  const [owner] = ownerReferences;
  return { name, keys: Object.keys(data), ...(owner === undefined ? {} : { owner: `${owner.kind} ${owner.name}` }) };
}
