import * as l10n from '@vscode/l10n';
import { emptyClaimsReason, emptyConditionReason, emptyRestoreReason, withoutBaseReason } from './emptyRestore';
import type { Inventory } from './inventory';
import { ANNOTATIONS } from './labels';
import type { AnyObject, Cluster, OpsRequest, Restore } from './objects';
import { opsFailure, opsState, restoreFailure, restoreState } from './restoreState';

/** What is known of a restore under way. */
export interface RestoreFactsSeen {
  readonly clusterName: string;
  /** Undefined: not made by an OpsRequest, or it is gone already (they are removed after success). */
  readonly ops: OpsRequest | undefined;
  readonly cluster: Cluster | undefined;
  /** Restores into the cluster. */
  readonly restores: readonly Restore[];
  /** What a controller keeps failing at while the restore stays in Creating, from its newest event about it. */
  readonly stuckOn: string | undefined;
  /** The new cluster's volume claims, where they were looked at: the only proof where no Restore was made. */
  readonly claims?: readonly AnyObject[];
}

export type RestoreVerdict =
  | { readonly kind: 'underway'; readonly phase: RestorePhase; readonly done: number; readonly total: number }
  /** Running, and every Restore completed. */
  | { readonly kind: 'restored'; readonly restores: number }
  /** Running without data: KubeBlocks reports no error for it. */
  | { readonly kind: 'empty'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

export type RestorePhase = 'accepted' | 'creatingCluster' | 'preparingData' | 'starting' | 'finishing';

/**
 * How a restore stands. Neither the OpsRequest's Succeed nor the cluster's Running proves it: Succeed comes before the
 * post-ready Restore exists, and a cluster can run empty. The Restore objects do, once the annotation (up to 1.1) is gone
 * or the Cluster's condition (1.2) is final.
 */
export function judgeRestore(seen: RestoreFactsSeen, inventory: Inventory): RestoreVerdict {
  const reason = failureOf(seen);
  if (reason !== undefined) {
    return { kind: 'failed', reason };
  }
  const { cluster, restores } = seen;
  const empty = cluster === undefined ? undefined : emptyRestoreReason(inventory, cluster);
  if (empty !== undefined) {
    return { kind: 'empty', reason: empty };
  }
  const allDone = restores.every((restore) => restoreState(restore) === 'completed');
  const byClaims = cluster?.status?.phase !== 'Running' || restores.length > 0 ? undefined : emptyClaimsReason(cluster, seen.claims ?? []);
  if (byClaims !== undefined) {
    return { kind: 'empty', reason: byClaims };
  }
  if (cluster?.status?.phase === 'Running' && allDone && isFinal(cluster, seen.ops, inventory)) {
    const without = restores.length === 0 ? (emptyConditionReason(cluster) ?? l10n.t('no Restore was made for it')) : withoutBaseReason(inventory, restores);
    return without === undefined ? { kind: 'restored', restores: restores.length } : { kind: 'empty', reason: without };
  }
  const done = restores.filter((restore) => restoreState(restore) === 'completed').length;
  return { kind: 'underway', phase: phaseOf(seen, allDone), done, total: restores.length };
}

function failureOf({ ops, cluster, restores, stuckOn, clusterName }: RestoreFactsSeen): string | undefined {
  const failed = restores.find((restore) => restoreState(restore) === 'failed');
  if (failed !== undefined) {
    return l10n.t('{0} failed: {1}', failed.metadata.name, restoreFailure(failed) ?? l10n.t('it gives no reason'));
  }
  const condition = cluster?.status?.conditions?.find(({ type }) => type === 'Restore');
  if (condition?.status === 'False') {
    return condition.message ?? l10n.t('KubeBlocks gives no reason');
  }
  if (ops !== undefined && (opsState(ops) === 'failed' || opsState(ops) === 'cancelled')) {
    return opsFailure(ops) ?? l10n.t('its OpsRequest ended as {0}', ops.status?.phase ?? '');
  }
  if (cluster?.metadata.deletionTimestamp !== undefined) {
    return l10n.t('the cluster {0} is being deleted', clusterName);
  }
  return stuckOn;
}

/** Nothing more is going to be restored. */
function isFinal(cluster: Cluster, ops: OpsRequest | undefined, inventory: Inventory): boolean {
  if (inventory.line === '1.2') {
    return cluster.status?.conditions?.some(({ type, status }) => type === 'Restore' && status === 'True') === true;
  }
  const opsDone = ops === undefined || opsState(ops) === 'succeeded';
  return opsDone && cluster.metadata.annotations?.[ANNOTATIONS.restoreFromBackup] === undefined;
}

function phaseOf({ cluster, restores }: RestoreFactsSeen, allDone: boolean): RestorePhase {
  if (cluster === undefined) {
    return 'accepted';
  }
  if (restores.length === 0) {
    return 'creatingCluster';
  }
  if (!allDone) {
    return cluster.status?.phase === 'Running' ? 'finishing' : 'preparingData';
  }
  return cluster.status?.phase === 'Running' ? 'finishing' : 'starting';
}

export function restorePhaseText(phase: RestorePhase): string {
  switch (phase) {
    case 'accepted':
      return l10n.t('waiting for KubeBlocks');
    case 'creatingCluster':
      return l10n.t('creating the cluster');
    case 'preparingData':
      return l10n.t('preparing data');
    case 'starting':
      return l10n.t('starting the cluster');
    case 'finishing':
      return l10n.t('finishing the restore');
  }
}
