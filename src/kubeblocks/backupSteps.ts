import { instant } from './backupState';
import type { Backup, BackupAction } from './objects';
import { redactText } from './redact';

/** One thing the controller does for a backup. */
export interface BackupStep {
  readonly name: string;
  readonly kind: 'prepare' | 'data' | 'snapshot' | 'finish' | 'log' | 'other';
  readonly state: 'waiting' | 'running' | 'completed' | 'failed';
  readonly pod: string | undefined;
  /** Job, StatefulSet… that does it; absent until it exists. */
  readonly workload: { readonly kind: string; readonly name: string; readonly namespace: string | undefined } | undefined;
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly failure: string | undefined;
}

/** Steps in the controller's order, from `status.actions`; empty until the backup has been prepared. */
export function backupSteps(backup: Backup): BackupStep[] {
  return (backup.status?.actions ?? []).map((action) => ({
    name: action.name ?? '',
    kind: kindOf(action),
    state: stateOf(action),
    pod: action.targetPodName,
    workload: workloadOf(action),
    startedAt: instant(action.startTimestamp),
    endedAt: instant(action.completionTimestamp),
    failure: action.failureReason,
  }));
}

/** `done` of `total` steps. */
export function stepCount(steps: readonly BackupStep[]): { readonly done: number; readonly total: number } {
  return { done: steps.filter(({ state }) => state === 'completed').length, total: steps.length };
}

/**
 * Why a backup failed: the failed step says more than the backup, which only points at it. KubeBlocks copies the end of a
 * job's log there, so credentials are struck out.
 */
export function backupFailure(backup: Backup): string | undefined {
  const step = backupSteps(backup).find(({ state, failure }) => state === 'failed' && (failure ?? '') !== '');
  const failure = step?.failure ?? backup.status?.failureReason;
  return failure === undefined ? undefined : redactText(failure);
}

function kindOf({ name = '', actionType }: BackupAction): BackupStep['kind'] {
  if (name.startsWith('dp-prebackup')) {
    return 'prepare';
  }
  if (name.startsWith('dp-postbackup')) {
    return 'finish';
  }
  // Without a type on 1.0.2.
  if (name.startsWith('createVolumeSnapshot')) {
    return 'snapshot';
  }
  switch (actionType) {
    case 'VolumeSnapshot':
      return 'snapshot';
    case 'StatefulSet':
      return 'log';
    case 'Job':
      return 'data';
    default:
      return 'other';
  }
}

function stateOf({ phase }: BackupAction): BackupStep['state'] {
  switch (phase) {
    case 'Running':
      return 'running';
    case 'Completed':
      return 'completed';
    case 'Failed':
      return 'failed';
    default:
      return 'waiting';
  }
}

function workloadOf({ objectRef }: BackupAction): BackupStep['workload'] {
  return objectRef?.kind === undefined || objectRef.name === undefined
    ? undefined
    : { kind: objectRef.kind, name: objectRef.name, namespace: objectRef.namespace };
}
