import * as l10n from '@vscode/l10n';
import { KINDS, type KubeBlocksLine } from '../kubeblocks/kinds';
import { resourceOnLine } from '../kubeblocks/kindsOfLine';
import { LABELS } from '../kubeblocks/labels';
import type { Cluster, KubeObject, OpsRequest } from '../kubeblocks/objects';
import type { Resource } from '../kubeblocks/resource';
import { AppError } from './appError';
import { isNotFound, SUBMISSION_ANNOTATION } from './createOnce';
import { explainApiError } from './explainApiError';
import type { StartedRestore } from './followRestore';
import type { Confirm, OperationDeps } from './ports';

export type DeleteRestoredOutcome = 'deleting' | 'declined' | 'gone';

/**
 * Takes back a restore: deletes the cluster that came of it, or the request where there is none yet, after asking. Only
 * what is proved to be of this restore is deleted. Rejects with an `AppError`.
 */
export async function deleteRestored(deps: Pick<OperationDeps, 'api' | 'logger'>, context: string, started: StartedRestore, confirm: Confirm, line: KubeBlocksLine = '1.0'): Promise<DeleteRestoredOutcome> {
  const { namespace, clusterName, opsName } = started;
  const [opsResource, clusterResource] = [resourceOnLine('opsRequest', line), resourceOnLine('cluster', line)];
  try {
    const ops = opsName === undefined ? undefined : await read<OpsRequest>(deps, opsResource, opsName, namespace);
    const cluster = await read<Cluster>(deps, clusterResource, clusterName, namespace);
    const [resource, doomed] = cluster === undefined ? [opsResource, ops] : [clusterResource, cluster];
    if (doomed === undefined) {
      return 'gone';
    }
    if (cluster !== undefined && !isOf(cluster, ops, opsName)) {
      throw new AppError('conflict', l10n.t('{0} was not deleted: nothing proves that it came of this restore. Look at it, and delete it by hand where that is right.', clusterName));
    }
    if (cluster?.spec?.terminationPolicy === 'DoNotTerminate') {
      throw new AppError('invalid', l10n.t('{0} was not deleted: its termination policy is DoNotTerminate, as that of the cluster that was backed up. Change it to Delete first.', clusterName));
    }
    if (!(await confirm.ask(questionFor(context, doomed, resource)))) {
      return 'declined';
    }
    const { name, uid } = doomed.metadata;
    await deps.api.delete(resource, name, namespace, uid === undefined ? {} : { uid });
    return 'deleting';
  } catch (error) {
    if (isNotFound(error)) {
      return 'gone';
    }
    throw explainApiError(error, l10n.t('{0} could not be deleted', clusterName));
  }
}

/** Made by this window, by the request (1.2), or owning the request (up to 1.1). */
function isOf({ metadata }: Cluster, ops: OpsRequest | undefined, opsName: string | undefined): boolean {
  const isOwner = ops?.metadata.ownerReferences?.some(({ uid }) => uid === metadata.uid) === true;
  const isMarked = opsName === undefined && metadata.annotations?.[SUBMISSION_ANNOTATION] !== undefined;
  return isMarked || isOwner || (opsName !== undefined && metadata.labels?.[LABELS.opsName] === opsName);
}

function questionFor(context: string, { metadata }: KubeObject, { kind }: Resource): { readonly message: string; readonly detail: string; readonly agree: string } {
  const { name, namespace = '' } = metadata;
  const isCluster = kind === KINDS.cluster.kind;
  return {
    message: isCluster ? l10n.t('Delete the new cluster {0}?', name) : l10n.t('Delete the request {0}?', name),
    detail: isCluster
      ? l10n.t('Context {0}, namespace {1}. Its volumes go with it. The backup and the cluster that was backed up stay as they are. This cannot be undone.', context, namespace)
      : l10n.t('Context {0}, namespace {1}. There is no cluster yet. The backup stays as it is.', context, namespace),
    agree: l10n.t('Delete'),
  };
}

async function read<T extends KubeObject>({ api }: Pick<OperationDeps, 'api'>, resource: Resource, name: string, namespace: string): Promise<T | undefined> {
  try {
    return await api.get<T>(resource, name, namespace);
  } catch (error) {
    if (isNotFound(error)) {
      return undefined;
    }
    throw error;
  }
}
