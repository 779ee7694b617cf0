import type { ActionSet, Backup } from './objects';

/** What a backup is doing, in this extension's words. */
export type BackupState = 'starting' | 'running' | 'completed' | 'failed' | 'deleting';

export type BackupType = 'Full' | 'Incremental' | 'Differential' | 'Continuous' | 'Selective';

const TYPES: readonly string[] = ['Full', 'Incremental', 'Differential', 'Continuous', 'Selective'];

/** `status.phase`, where an empty phase and `New` are alike and a deletion outweighs all. */
export function backupState(backup: Backup): BackupState {
  if (backup.metadata.deletionTimestamp !== undefined) {
    return 'deleting';
  }
  switch (backup.status?.phase) {
    case 'Running':
    case 'InProgress':
      return 'running';
    case 'Completed':
      return 'completed';
    case 'Failed':
      return 'failed';
    case 'Deleting':
      return 'deleting';
    default:
      return 'starting';
  }
}

export function isEnded(backup: Backup): boolean {
  const state = backupState(backup);
  return state === 'completed' || state === 'failed';
}

/** From the controller's label; undefined until it set one (a backup that failed early never has it). */
export function backupType(backup: Backup): BackupType | undefined {
  return asBackupType(backup.metadata.labels?.['dataprotection.kubeblocks.io/backup-type']);
}

/** An action set's type; the CRD defaults it to Full. */
export function actionSetType(actionSet: ActionSet): BackupType {
  return asBackupType(actionSet.spec?.backupType) ?? 'Full';
}

export function asBackupType(text: string | undefined): BackupType | undefined {
  return text !== undefined && TYPES.includes(text) ? (text as BackupType) : undefined;
}

export function isSnapshot(backup: Backup): boolean {
  return backup.status?.backupMethod?.snapshotVolumes === true;
}

/** Start of what the backup holds: `GetStartTime` of `backup_types.go`. Ms since the epoch. */
export function startOf(backup: Backup): number | undefined {
  return instant(backup.status?.timeRange?.start) ?? instant(backup.status?.startTimestamp);
}

/** End of what the backup holds: `GetEndTime` of `backup_types.go`. Ms since the epoch. */
export function endOf(backup: Backup): number | undefined {
  return instant(backup.status?.timeRange?.end) ?? instant(backup.status?.completionTimestamp);
}

/** When the object was made; 0 for an object that says nothing, so that sorting stays total. */
export function createdAt(object: { readonly metadata: { readonly creationTimestamp?: string } }): number {
  return instant(object.metadata.creationTimestamp) ?? 0;
}

/** An RFC 3339 time in ms since the epoch; undefined for nothing or nonsense. */
export function instant(text: string | undefined): number | undefined {
  const ms = text === undefined ? NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}
