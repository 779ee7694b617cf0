import type { AnyObject, KubeObject } from '../kubeblocks/objects';
import type { Resource } from '../kubeblocks/resource';
import { ApiError, type KubernetesApi, type Written } from '../kubernetes/api';
import type { OperationDeps } from './ports';

/** Controllers write the same objects; each conflict is one of theirs. */
const ATTEMPTS = 4;

type EditOptions = NonNullable<Parameters<KubernetesApi['patch']>[4]>;

/**
 * Patches an object as it is by then, again where it was written meanwhile: `patch` gets it and gives the merge patch, which
 * guards itself by the version it was made for. Rejects with an `ApiError`.
 */
export async function editObject<T extends KubeObject>(
  deps: Pick<OperationDeps, 'api' | 'logger'>,
  resource: Resource,
  object: T,
  patch: (live: T) => object,
  options: EditOptions = {},
): Promise<Written<AnyObject>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await editOnce(deps, resource, object, patch, options);
    } catch (error) {
      if (!isConflict(error) || attempt === ATTEMPTS) {
        throw error;
      }
      deps.logger.info(`change ${resource.kind} ${object.metadata.name}: it was written meanwhile, trying again (${attempt} of ${ATTEMPTS})`);
    }
  }
}

async function editOnce<T extends KubeObject>({ api }: Pick<OperationDeps, 'api'>, resource: Resource, object: T, patch: (live: T) => object, options: EditOptions): Promise<Written<AnyObject>> {
  const { name, namespace } = object.metadata;
  const live = await api.get<T>(resource, name, namespace, options.signal === undefined ? {} : { signal: options.signal });
  return api.patch(resource, name, namespace, patch(live), options);
}

function isConflict(error: unknown): boolean {
  return error instanceof ApiError && error.details.status === 409;
}
