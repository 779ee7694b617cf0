import * as l10n from '@vscode/l10n';
import { KINDS } from '../kubeblocks/kinds';
import type { AnyObject, Restore } from '../kubeblocks/objects';
import type { Resource } from '../kubeblocks/resource';
import { restoreActions, restoreFailure, restoreProgress, restoreState } from '../kubeblocks/restoreState';
import type { VolumesAround } from '../kubeblocks/volumeRestoreRequest';
import { ApiError, type KubernetesApi } from '../kubernetes/api';
import { isNotFound } from './createOnce';
import { explainApiError } from './explainApiError';
import { poll, type FollowOptions } from './poll';
import type { OperationDeps } from './ports';
import { WORKLOADS } from './workloadKinds';

/** Claims and pods of a namespace; what may not be listed is undefined. */
export async function readVolumes(api: Pick<KubernetesApi, 'listPages'>, namespace: string, signal?: AbortSignal): Promise<VolumesAround> {
  const list = async (resource: Resource): Promise<readonly AnyObject[] | undefined> => {
    const found: AnyObject[] = [];
    try {
      for await (const { items } of api.listPages(resource, namespace, signal === undefined ? {} : { signal })) found.push(...items);
      return found;
    } catch (error) {
      if (error instanceof ApiError && error.details.status === 403) return undefined;
      throw explainApiError(error, l10n.t('What is in {0} could not be read', namespace));
    }
  };
  const [claims, pods] = await Promise.all([list(WORKLOADS.claim), list(WORKLOADS.pod)]);
  return { claims, pods };
}

export type VolumeRestoreOutcome =
  | { readonly kind: 'restored'; readonly jobs: number }
  /** It counts as completed, but ran no job and made no volume. */
  | { readonly kind: 'nothingDone' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'deleted' }
  /** The waiting was cancelled; the restore goes on. */
  | { readonly kind: 'stoppedWaiting' };

/**
 * Waits until a Restore object has ended. `fromSnapshot`: volumes come to be without a job. Rejects with an `AppError` when
 * it may not be read (any more).
 */
export async function followVolumeRestore(deps: OperationDeps, { name, namespace, fromSnapshot }: { readonly name: string; readonly namespace: string; readonly fromSnapshot: boolean }, options: FollowOptions<{ readonly message: string }> = {}): Promise<VolumeRestoreOutcome> {
  try {
    return await poll(
      deps,
      async (signal) => {
        const restore = await deps.api.get<Restore>(KINDS.restore, name, namespace, signal === undefined ? {} : { signal });
        const { done, total } = restoreProgress(restore);
        switch (restoreState(restore)) {
          case 'completed':
            return restoreActions(restore).length === 0 && !fromSnapshot ? { kind: 'nothingDone' as const } : { kind: 'restored' as const, jobs: total };
          case 'failed':
            return { kind: 'failed' as const, reason: restoreFailure(restore) ?? l10n.t('KubeBlocks does not say why') };
          case 'deleting':
            return { kind: 'deleted' as const };
          default:
            options.onProgress?.({ message: total === 0 ? l10n.t('waiting for KubeBlocks') : l10n.t('{0} of {1} jobs', done, total) });
            return undefined;
        }
      },
      options,
    );
  } catch (error) {
    if (isNotFound(error)) return { kind: 'deleted' };
    if (options.signal?.aborted === true) return { kind: 'stoppedWaiting' };
    throw explainApiError(error, l10n.t('Restore {0} could not be followed', name));
  }
}
