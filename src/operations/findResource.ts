import * as l10n from '@vscode/l10n';
import type { Resource } from '../kubeblocks/resource';
import type { KubernetesApi } from '../kubernetes/api';
import { AppError } from './appError';
import { isNotFound } from './createOnce';
import { explainApiError } from './explainApiError';

/** Finds what serves a kind. Rejects with an `AppError` where the cluster does not. */
export type ResourceFinder = (apiVersion: string, kind: string, signal?: AbortSignal) => Promise<Resource>;

interface ServedResource {
  readonly name?: string;
  readonly kind?: string;
  readonly namespaced?: boolean;
}

/** Asks the cluster's discovery, once a group and version as long as the finder is kept. */
export function createResourceFinder(api: Pick<KubernetesApi, 'getPath'>): ResourceFinder {
  const known = new Map<string, Promise<readonly ServedResource[]>>();
  return async (apiVersion, kind, signal) => {
    const served = known.get(apiVersion) ?? readServed(api, apiVersion, signal);
    known.set(apiVersion, served);
    const what = l10n.t('{0} ({1}) cannot be reached', kind, apiVersion);
    const found = await served.catch((error: unknown) => {
      if (!isNotFound(error)) {
        throw explainApiError(error, what);
      }
      return [];
    });
    const resource = found.find((each) => each.kind === kind && each.name?.includes('/') === false);
    if (resource?.name === undefined) {
      throw new AppError('notFound', l10n.t('{0}: the cluster does not serve this kind. Convert the manifest to the KubeBlocks that runs there, or install what serves it.', what));
    }
    const [version = '', group = ''] = apiVersion.split('/').reverse();
    return { group, version, kind, plural: resource.name, namespaced: resource.namespaced === true };
  };
}

async function readServed(api: Pick<KubernetesApi, 'getPath'>, apiVersion: string, signal: AbortSignal | undefined): Promise<readonly ServedResource[]> {
  const root = apiVersion.includes('/') ? '/apis/' : '/api/';
  const path = root + apiVersion.split('/').map(encodeURIComponent).join('/');
  const { resources } = (await api.getPath(path, signal === undefined ? {} : { signal })) as { readonly resources?: readonly ServedResource[] };
  return resources ?? [];
}
