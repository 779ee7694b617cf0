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
  if (text === undefined) {
    return undefined;
  }
  const ms = plainInstant(text) ?? Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

const DAY = 86_400_000;

/** `2026-11-23T09:12:44Z`, as Kubernetes writes it, read many times as fast as `Date.parse` does; undefined for all else. */
function plainInstant(text: string): number | undefined {
  if (text.length !== 20 || text[4] !== '-' || text[7] !== '-' || text[10] !== 'T' || text[13] !== ':' || text[16] !== ':' || text[19] !== 'Z') {
    return undefined;
  }
  const [month, day] = [twoDigits(text, 5), twoDigits(text, 8)];
  const [hour, minute, second] = [twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17)];
  const year = 100 * twoDigits(text, 0) + twoDigits(text, 2);
  // The last days of a month are left to who knows how many it has.
  const isPlain = year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= 28 && hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59;
  return isPlain ? monthStart(year, month) + (day - 1) * DAY + ((hour * 60 + minute) * 60 + second) * 1000 : undefined;
}

const MONTHS = new Map<number, number>();

function monthStart(year: number, month: number): number {
  const key = year * 12 + month;
  const known = MONTHS.get(key) ?? Date.UTC(year, month - 1);
  MONTHS.set(key, known);
  return known;
}

/** NaN, which nothing compares with, where they are none. */
function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : NaN;
}
