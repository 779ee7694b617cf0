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
 * copy that runs; the log and the incremental copies follow their own switches, which default to off.
 */
export function mergeClusterBackup(
  schedules: readonly SchedulePolicy[],
  backup: ClusterBackupSpec,
  methods: readonly MethodTemplate[],
  typeOf: TypeOf,
): readonly SchedulePolicy[] {
  const typeByMethod = new Map(methods.map((method) => [method.name, typeOf(method)]));
  const continuous = continuousMethod(schedules, backup, typeByMethod);
  const incremental = schedules.find(({ backupMethod }) =>
    methods.some(({ name, compatibleMethod }) => name === backupMethod && typeByMethod.get(name) === 'Incremental' && compatibleMethod === backup.method),
  )?.backupMethod;
  const merged = schedules.map((schedule) => {
    const { backupMethod } = schedule;
    if (backupMethod === backup.method) return ownSchedule(schedule, backup);
    if (backupMethod === continuous) return switched(schedule, backup.pitrEnabled, backup.pitrEnabled === true ? backup.retentionPeriod : '');
    if (backupMethod === incremental) return incrementalSchedule(schedule, backup);
    const type = typeByMethod.get(backupMethod);
    const isOther = type === 'Incremental' ? backup.incrementalBackupEnabled === true : type === 'Full' && backup.enabled === true;
    return isOther ? { ...schedule, enabled: false } : schedule;
  });
  if (merged.some(({ backupMethod }) => backupMethod === backup.method)) return merged;
  return [...merged, ownSchedule({ name: backup.method, backupMethod: backup.method, cronExpression: DEFAULT_CRON }, backup)];
}

function scheduleName({ name, backupMethod }: SchedulePolicy): string {
  return name === undefined || name === '' ? backupMethod : name;
}

function continuousMethod(
  schedules: readonly SchedulePolicy[],
  { continuousMethod: wanted }: ClusterBackupSpec,
  typeByMethod: ReadonlyMap<string, string>,
): string | undefined {
  const continuous = schedules.filter(({ backupMethod }) => typeByMethod.get(backupMethod) === 'Continuous');
  if (wanted === undefined || wanted === '') return continuous[0]?.backupMethod;
  return continuous.find(({ backupMethod }) => backupMethod === wanted)?.backupMethod;
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
