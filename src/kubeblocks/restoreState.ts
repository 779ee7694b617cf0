import type { OpsRequest, Restore, RestoreAction } from './objects';
import { redactText } from './redact';

export type RestoreState = 'starting' | 'running' | 'completed' | 'failed' | 'deleting';

/** `status.phase`; a Restore that waits to be used as a data source counts as running. */
export function restoreState(restore: Restore): RestoreState {
  if (restore.metadata.deletionTimestamp !== undefined) {
    return 'deleting';
  }
  switch (restore.status?.phase) {
    case 'Running':
    case 'AsDataSource':
      return 'running';
    case 'Completed':
      return 'completed';
    case 'Failed':
      return 'failed';
    default:
      return 'starting';
  }
}

/** What a Restore does: before the database starts, or after it runs. */
export function restoreStage(restore: Restore): 'prepareData' | 'postReady' {
  return /-?post-?ready$/.test(restore.metadata.name) ? 'postReady' : 'prepareData';
}

export interface RestoreProgress {
  readonly done: number;
  readonly failed: number;
  readonly total: number;
}

export function restoreProgress(restore: Restore): RestoreProgress {
  const actions = restoreActions(restore);
  return {
    done: actions.filter(({ status }) => status === 'Completed').length,
    failed: actions.filter(({ status }) => status === 'Failed').length,
    total: actions.length,
  };
}

export function restoreActions(restore: Restore): readonly RestoreAction[] {
  return [...(restore.status?.actions?.prepareData ?? []), ...(restore.status?.actions?.postReady ?? [])];
}

/** Why it failed: the failed action's message, else the failed condition's. */
export function restoreFailure(restore: Restore): string | undefined {
  if (restoreState(restore) !== 'failed') {
    return undefined;
  }
  const action = restoreActions(restore).find(({ status, message }) => status === 'Failed' && (message ?? '') !== '');
  const condition = restore.status?.conditions?.find(({ status, message }) => status === 'False' && (message ?? '') !== '');
  return redacted(action?.message ?? condition?.message);
}

export type OpsState = 'waiting' | 'running' | 'succeeded' | 'failed' | 'cancelled';

export function opsState(ops: OpsRequest): OpsState {
  switch (ops.status?.phase) {
    case 'Running':
    case 'Creating':
      return 'running';
    case 'Succeed':
      return 'succeeded';
    case 'Failed':
    case 'Aborted':
      return 'failed';
    case 'Cancelling':
    case 'Cancelled':
      return 'cancelled';
    default:
      return 'waiting';
  }
}

/** The message of the condition that ended it badly. */
export function opsFailure(ops: OpsRequest): string | undefined {
  const bad = (ops.status?.conditions ?? []).filter(({ status, message }) => status === 'False' && (message ?? '') !== '');
  return redacted((bad.find(({ type }) => type === 'Failed') ?? bad.at(-1))?.message);
}

/** A message may quote the log of a job. */
function redacted(message: string | undefined): string | undefined {
  return message === undefined ? undefined : redactText(message);
}
