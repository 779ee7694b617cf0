import { actionSetType, type BackupType } from './backupState';
import { componentOf } from './clusterIndex';
import { objectKey, type Inventory } from './inventory';
import type { BackupMethod, BackupPolicy, BackupSchedule, Cluster, SchedulePolicy } from './objects';

/**
 * Where what is said of a method's schedule lasts. `Cluster.spec.backup` wins over the schedule that KubeBlocks generated
 * with each reconcile of the Cluster (`mergeClusterBackup` of `backuppolicydriver_controller.go`, read in 1.0.2): it gives
 * its own method's lines `enabled`, cron and retention, switches one log backup by `pitrEnabled` and keeps the others off,
 * switches the first incremental that builds on its method by `incrementalBackupEnabled`, keeps those that build on
 * another off, and while it is enabled keeps every other full method off. Other schedules of the policy it leaves alone.
 */
export type SchedulePlace =
  /** Nothing overwrites the BackupSchedule's line. */
  | { readonly kind: 'schedule' }
  /** `role`: which fields of `spec.backup` say it. */
  | { readonly kind: 'cluster'; readonly role: 'method' | 'log' | 'incremental' }
  /** The controller switches this method off again; `instead` is the one that `spec.backup` names. */
  | { readonly kind: 'keptOff'; readonly instead: string; readonly why: 'otherFull' | 'otherBase' }
  /** The Cluster switches it, but only on a line that the schedule has, and it has none. */
  | { readonly kind: 'noLine' };

type ClusterBackup = NonNullable<NonNullable<Cluster['spec']>['backup']>;

export interface PlaceQuestion {
  readonly cluster: Cluster | undefined;
  readonly policy: BackupPolicy;
  /** The schedule that has the line, or would get it; undefined where it would be made. */
  readonly schedule: BackupSchedule | undefined;
  readonly method: string;
  /** Whether the method is to run; a method that stays off is kept off by nobody. */
  readonly wanted: boolean;
}

export function schedulePlace(inventory: Inventory, { cluster, policy, schedule, method, wanted }: PlaceQuestion): SchedulePlace {
  const backup = cluster === undefined || !isGenerated(cluster, policy, schedule) ? undefined : cluster.spec?.backup;
  const methods = policy.spec?.backupMethods ?? [];
  const items = schedule?.spec?.schedules ?? [];
  // A policy without that method is left alone by it.
  if (backup === undefined || !methods.some(({ name }) => name === backup.method)) {
    return { kind: 'schedule' };
  }
  const { method: named = '' } = backup;
  if (named === method) {
    return { kind: 'cluster', role: 'method' };
  }
  const typeOf = (name: string): BackupType | undefined => typeIn(inventory, methods, name);
  switch (typeOf(method)) {
    case 'Continuous':
      return logPlace(backup, items, typeOf, method, wanted);
    case 'Incremental':
      return incrementalPlace(backup, items, methods, typeOf, method, wanted);
    case 'Full':
      return wanted && backup.enabled === true ? { kind: 'keptOff', instead: named, why: 'otherFull' } : { kind: 'schedule' };
    default:
      return { kind: 'schedule' };
  }
}

/** The schedule that the Cluster's controller writes: known by its name alone, as it does itself. */
export function isGenerated({ metadata: { name, namespace } }: Cluster, policy: BackupPolicy, schedule: BackupSchedule | undefined): boolean {
  return schedule !== undefined && schedule.metadata.namespace === namespace && schedule.metadata.name === generatedScheduleName(name, policy);
}

export function generatedScheduleName(cluster: string, policy: BackupPolicy): string {
  const component = componentOf(policy);
  return [cluster, ...(component === undefined ? [] : [component]), 'backup-schedule'].join('-');
}

type TypeOf = (method: string) => BackupType | undefined;

function logPlace({ pitrEnabled, continuousMethod = '' }: ClusterBackup, items: readonly SchedulePolicy[], typeOf: TypeOf, method: string, wanted: boolean): SchedulePlace {
  const logs = items.flatMap(({ backupMethod }) => (typeOf(backupMethod) === 'Continuous' ? [backupMethod] : []));
  if (!logs.includes(method)) {
    return wanted && pitrEnabled !== undefined ? { kind: 'noLine' } : { kind: 'schedule' };
  }
  const governed = continuousMethod === '' ? logs[0] : continuousMethod;
  // Switching the Cluster's log off would end another one.
  return wanted || governed === method ? { kind: 'cluster', role: 'log' } : { kind: 'schedule' };
}

function incrementalPlace(
  { method: named = '', incrementalBackupEnabled }: ClusterBackup,
  items: readonly SchedulePolicy[],
  methods: readonly BackupMethod[],
  typeOf: TypeOf,
  method: string,
  wanted: boolean,
): SchedulePlace {
  const base = (name: string): string | undefined => methods.find((each) => each.name === name)?.compatibleMethod;
  if (base(method) !== named) {
    return wanted ? { kind: 'keptOff', instead: named, why: 'otherBase' } : { kind: 'schedule' };
  }
  const own = items.find(({ backupMethod }) => typeOf(backupMethod) === 'Incremental' && base(backupMethod) === named)?.backupMethod;
  if (own === undefined) {
    return wanted && incrementalBackupEnabled === false ? { kind: 'noLine' } : { kind: 'schedule' };
  }
  return own === method ? { kind: 'cluster', role: 'incremental' } : { kind: 'schedule' };
}

function typeIn(inventory: Inventory, methods: readonly BackupMethod[], name: string): BackupType | undefined {
  const method = methods.find((each) => each.name === name);
  return method === undefined ? undefined : methodType(inventory, method);
}

/** Undefined where the action set is not known. A snapshot counts as Full. */
export function methodType(inventory: Inventory, { actionSetName, snapshotVolumes }: BackupMethod): BackupType | undefined {
  const actionSet = actionSetName === undefined ? undefined : inventory.actionSets.items.get(objectKey(undefined, actionSetName));
  return actionSet !== undefined ? actionSetType(actionSet) : snapshotVolumes === true ? 'Full' : undefined;
}
