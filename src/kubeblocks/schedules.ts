import { backupState, backupType } from './backupState';
import type { ClusterEntry } from './clusterIndex';
import { isCronError, nextRun, parseCron } from './cron';
import type { Inventory } from './inventory';
import { objectKey } from './inventory';
import { actionSetType } from './backupState';
import { LABELS } from './labels';
import type { Backup, BackupMethod, BackupPolicy, BackupSchedule, SchedulePolicy } from './objects';

/** One line of a BackupSchedule. */
export interface ScheduleRow {
  readonly schedule: BackupSchedule;
  readonly item: SchedulePolicy;
  /** The item's name; it defaults to the method's. */
  readonly name: string;
  readonly on: boolean;
  /** A log backup: its cron is an archive interval, not a time of day. */
  readonly continuous: boolean;
  /** Ms since the epoch; only for a method that is on and runs by the clock. */
  readonly nextRun: number | undefined;
  /** The newest backup this line made, and the newest that completed. */
  readonly last: Backup | undefined;
  readonly lastCompleted: Backup | undefined;
  /** What Kubernetes will say of the expression, or what the schedule's status says. */
  readonly problem: string | undefined;
}

export function scheduleRows(inventory: Inventory, entry: ClusterEntry, now: number): ScheduleRow[] {
  return entry.schedules.flatMap((schedule) => (schedule.spec?.schedules ?? []).map((item) => rowOf(inventory, entry, schedule, item, now)));
}

function rowOf(inventory: Inventory, entry: ClusterEntry, schedule: BackupSchedule, item: SchedulePolicy, now: number): ScheduleRow {
  const cron = parseCron(item.cronExpression);
  const on = item.enabled === true;
  const continuous = isContinuousMethod(inventory, schedule, item.backupMethod);
  const made = entry.backups.filter((backup) => madeBy(backup, schedule, item));
  const runs = on && !continuous && !isCronError(cron);
  return {
    schedule,
    item,
    name: item.name ?? item.backupMethod,
    on,
    continuous,
    nextRun: runs ? nextRun(cron, now) : undefined,
    last: made[0],
    lastCompleted: made.find((backup) => backupState(backup) === 'completed'),
    problem: isCronError(cron) && !continuous ? cron.error : schedule.status?.failureReason,
  };
}

function madeBy(backup: Backup, schedule: BackupSchedule, item: SchedulePolicy): boolean {
  return backup.metadata.labels?.[LABELS.backupSchedule] === schedule.metadata.name && backup.spec?.backupMethod === item.backupMethod;
}

/** The method a policy has under this name. */
export function methodOf(policy: BackupPolicy | undefined, name: string): BackupMethod | undefined {
  return policy?.spec?.backupMethods?.find((method) => method.name === name);
}

function isContinuousMethod(inventory: Inventory, schedule: BackupSchedule, methodName: string): boolean {
  const policy = inventory.policies.items.get(objectKey(schedule.metadata.namespace, schedule.spec?.backupPolicyName ?? ''));
  const actionSetName = methodOf(policy, methodName)?.actionSetName;
  const actionSet = actionSetName === undefined ? undefined : inventory.actionSets.items.get(objectKey(undefined, actionSetName));
  return actionSet !== undefined && actionSetType(actionSet) === 'Continuous';
}

const MINUTE = 60_000;

/** How often a log backup archives: `getIntervalSeconds` of `pkg/dataprotection/action/action_stateful.go`. Ms. */
export function archiveInterval(cronExpression: string): number {
  const [minute = '', hour = ''] = cronExpression.trim().split(/\s+/);
  const minutes = /^\*\/(\d+)$/.exec(minute)?.[1];
  const hours = /^\*\/(\d+)$/.exec(hour)?.[1];
  return minutes !== undefined ? Number(minutes) * MINUTE : hours !== undefined ? Number(hours) * 60 * MINUTE : MINUTE;
}

/** The newest Continuous backup of the cluster for this component. */
export function logBackupOf(entry: ClusterEntry, isFor: (backup: Backup) => boolean): Backup | undefined {
  return entry.backups.find((backup) => backupType(backup) === 'Continuous' && isFor(backup));
}
