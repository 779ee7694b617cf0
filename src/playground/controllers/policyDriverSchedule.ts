import type { SchedulePolicy } from '../../kubeblocks/objects';
import type { ClusterBackupSpec } from './clusterShapes';
import type { MethodTemplate } from './policyDriverShapes';

const DEFAULT_CRON = '0 18 * * *';
const DEFAULT_RETENTION = '7d';

/** Continuous, Incremental, Full…; a snapshot without an action set counts as Full. */
export type TypeOf = (method: MethodTemplate) => string;

/** A template's schedules under their default names, behind those that are there already. */
export function withTemplateSchedules(current: readonly SchedulePolicy[], template: readonly SchedulePolicy[]): readonly SchedulePolicy[] {
  const known = new Set(current.map(scheduleName));
  const fresh = template.map((schedule) => ({ retentionPeriod: DEFAULT_RETENTION, ...schedule, name: scheduleName(schedule) }));
  return [...current, ...fresh.filter(({ name }) => !known.has(name))];
}

/**
 * `mergeClusterBackup`: what Cluster.spec.backup says wins over the schedule. Switched on, its method is the only full
 * copy that runs; one log runs where it says so and the others never; incremental copies of another method never.
 */
export function mergeClusterBackup(
  schedules: readonly SchedulePolicy[],
  backup: ClusterBackupSpec,
  methods: readonly MethodTemplate[],
  typeOf: TypeOf,
): readonly SchedulePolicy[] {
  const methodByName = new Map(methods.map((method) => [method.name, method]));
  const isOfType = (name: string, type: string): boolean => {
    const method = methodByName.get(name);
    return method !== undefined && typeOf(method) === type;
  };
  const isOwnIncremental = (name: string): boolean => methodByName.get(name)?.compatibleMethod === backup.method;
  const log = schedules.find(({ backupMethod }) => isOfType(backupMethod, 'Continuous') && isWantedLog(backupMethod, backup));
  const incremental = schedules.find(({ backupMethod }) => isOfType(backupMethod, 'Incremental') && isOwnIncremental(backupMethod));
  const merged = schedules.map((schedule) => {
    const { backupMethod } = schedule;
    if (backupMethod === backup.method) return ownSchedule(schedule, backup);
    if (isOfType(backupMethod, 'Continuous')) return logSchedule(schedule, backup, schedule === log);
    if (isOfType(backupMethod, 'Incremental')) {
      if (!isOwnIncremental(backupMethod)) return { ...schedule, enabled: false };
      return schedule === incremental ? incrementalSchedule(schedule, backup) : schedule;
    }
    return isOfType(backupMethod, 'Full') && backup.enabled === true ? { ...schedule, enabled: false } : schedule;
  });
  if (merged.some(({ backupMethod }) => backupMethod === backup.method)) return merged;
  return [...merged, ownSchedule({ name: backup.method, backupMethod: backup.method, cronExpression: DEFAULT_CRON }, backup)];
}

function scheduleName({ name, backupMethod }: SchedulePolicy): string {
  return name === undefined || name === '' ? backupMethod : name;
}

function isWantedLog(method: string, { continuousMethod = '' }: ClusterBackupSpec): boolean {
  return continuousMethod === '' || continuousMethod === method;
}

/** Without a word about it every log stays as it is. */
function logSchedule(schedule: SchedulePolicy, { pitrEnabled, retentionPeriod }: ClusterBackupSpec, isTheOne: boolean): SchedulePolicy {
  if (pitrEnabled === undefined) return schedule;
  return pitrEnabled && isTheOne ? switched(schedule, true, retentionPeriod) : { ...schedule, enabled: false };
}

function ownSchedule(schedule: SchedulePolicy, backup: ClusterBackupSpec): SchedulePolicy {
  const { cronExpression = '', retentionPeriod = '' } = backup;
  return {
    ...schedule,
    ...(backup.enabled !== undefined && { enabled: backup.enabled }),
    ...(cronExpression !== '' && { cronExpression }),
    ...(retentionPeriod !== '' && { retentionPeriod }),
  };
}

function incrementalSchedule(schedule: SchedulePolicy, backup: ClusterBackupSpec): SchedulePolicy {
  const { incrementalCronExpression: cronExpression = '' } = backup;
  return {
    ...switched(schedule, backup.incrementalBackupEnabled, backup.retentionPeriod),
    ...(cronExpression !== '' && { cronExpression }),
  };
}

/** Without a word about it the schedule stays as it is. */
function switched(schedule: SchedulePolicy, enabled: boolean | undefined, retentionPeriod = ''): SchedulePolicy {
  if (enabled === undefined) return schedule;
  return {
    ...schedule,
    enabled,
    ...(retentionPeriod !== '' && { retentionPeriod }),
  };
}
