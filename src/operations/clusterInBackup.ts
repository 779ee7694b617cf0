import * as l10n from '@vscode/l10n';
import { clusterSnapshot } from '../kubeblocks/clusterSnapshot';
import { KINDS } from '../kubeblocks/kinds';
import { resourceOnLine } from '../kubeblocks/kindsOfLine';
import type { KubeBlocksLine } from '../kubeblocks/kinds';
import { ANNOTATIONS } from '../kubeblocks/labels';
import type { AnyObject, Backup, Cluster, KubeObject } from '../kubeblocks/objects';
import { AppError } from './appError';
import { explainApiError } from './explainApiError';
import type { OperationDeps } from './ports';

interface Named {
  readonly namespace?: string;
  readonly name: string;
}

/** A cluster as a backup keeps it. The whole backup is read: lists do not keep it. Rejects with an `AppError`. */
export async function clusterInBackup({ api }: Pick<OperationDeps, 'api'>, { namespace, name }: Named, signal?: AbortSignal): Promise<AnyObject> {
  const backup = await readOr(l10n.t('Backup {0} could not be read', name), () => api.get<Backup>(KINDS.backup, name, namespace, signal === undefined ? {} : { signal }));
  const snapshot = clusterSnapshot(backup);
  if (snapshot === undefined) {
    throw new AppError('invalid', l10n.t('Backup {0} cannot be compared: it keeps no copy of its cluster. One that failed early does not, nor one made outside a cluster.', name));
  }
  return partsInBackup(snapshot);
}

/** A cluster as it is now, as far as a backup would keep it. Rejects with an `AppError`. */
export async function clusterNow({ api }: Pick<OperationDeps, 'api'>, line: KubeBlocksLine | undefined, { namespace, name }: Named, signal?: AbortSignal): Promise<AnyObject> {
  const cluster = await readOr(l10n.t('Cluster {0} could not be read', name), () => api.get<Cluster>(resourceOnLine('cluster', line ?? '1.0'), name, namespace, signal === undefined ? {} : { signal }));
  return partsInBackup(cluster);
}

async function readOr<T>(what: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw explainApiError(error, what);
  }
}

/** Annotations that say nothing of how the cluster is meant; the controller leaves them out of what it keeps. */
const NOISE: readonly string[] = [ANNOTATIONS.lastApplied, 'kubeblocks.io/ops-request', 'kubeblocks.io/reconcile'];

/** Name, namespace, annotations and spec, as `setClusterSnapshotAnnotation` of `backup_controller.go` keeps them. */
function partsInBackup(cluster: KubeObject): AnyObject {
  const { metadata, spec } = cluster as AnyObject;
  const annotations = Object.entries(metadata.annotations ?? {}).filter(([key]) => !NOISE.includes(key));
  return {
    // A copy inside a backup says neither.
    apiVersion: 'apps.kubeblocks.io',
    kind: 'Cluster',
    metadata: { name: metadata.name, ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }), ...(annotations.length === 0 ? {} : { annotations: Object.fromEntries(annotations) }) },
    spec,
  };
}
