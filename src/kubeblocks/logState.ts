import { backupState, createdAt, endOf } from './backupState';
import type { ClusterEntry } from './clusterIndex';
import { componentOf } from './clusterIndex';
import type { Backup } from './objects';
import { archiveInterval, logBackupOf, type ScheduleRow } from './schedules';

/** The log backup of a component. */
export type LogState =
  /** Not switched on (or not offered). `backup` is what an earlier one left. */
  | { readonly kind: 'off'; readonly backup: Backup | undefined }
  /** Switched on, nothing archived yet. */
  | { readonly kind: 'starting'; readonly backup: Backup | undefined }
  /** `to` is the newest instant archived (ms since the epoch). */
  | { readonly kind: 'running'; readonly backup: Backup; readonly to: number; readonly lagMs: number }
  | { readonly kind: 'stopped'; readonly backup: Backup | undefined; readonly since: number | undefined; readonly reason: string | undefined };

const GRACE = 5 * 60_000;

/**
 * A log backup that is on but has archived nothing for more than two of its intervals (and five minutes) has stopped,
 * whatever its phase says: the phase stays Running while the archiver fails. `rows` are the cluster's.
 */
export function logStateOf(entry: ClusterEntry, component: string | undefined, { rows, now }: { readonly rows: readonly ScheduleRow[]; readonly now: number }): LogState {
  const isFor = (object: Backup): boolean => component === undefined || componentOf(object) === undefined || componentOf(object) === component;
  const backup = logBackupOf(entry, isFor);
  const row = rows.find(
    ({ continuous, on, schedule }) => continuous && on && (component === undefined || (componentOf(schedule) ?? component) === component),
  );
  const state = backup === undefined ? undefined : backupState(backup);
  if (backup === undefined || state === 'completed' || state === 'deleting') {
    return row === undefined ? { kind: 'off', backup } : { kind: 'starting', backup };
  }
  const to = endOf(backup);
  if (state === 'failed') {
    return { kind: 'stopped', backup, since: to, reason: backup.status?.failureReason };
  }
  const allowed = 2 * archiveInterval(row?.item.cronExpression ?? '') + GRACE;
  const silentFor = now - (to ?? createdAt(backup));
  if (silentFor > allowed) {
    return { kind: 'stopped', backup, since: to, reason: undefined };
  }
  return to === undefined ? { kind: 'starting', backup } : { kind: 'running', backup, to, lagMs: Math.max(0, now - to) };
}
