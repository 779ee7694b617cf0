import { objectKey, type Inventory } from './inventory';
import type { BackupMethod, BackupPolicy, Cluster } from './objects';
import { actionSetType, type BackupType } from './backupState';

/**
 * Where what is said of a method's schedule lasts. `Cluster.spec.backup` wins over the BackupSchedule with each
 * reconcile of the Cluster (`mergeClusterBackup` of `backuppolicydriver_controller.go`, 0.8 to 1.2): it gives its own
 * method's item `enabled`, cron and retention, switches the log backup by `pitrEnabled` and the incremental that builds
 * on its method by `incrementalBackupEnabled`, and while it is enabled keeps every other full method off.
 */
export type SchedulePlace =
  /** Nothing overwrites the BackupSchedule's item. */
  | { readonly kind: 'schedule' }
  /** `role`: which fields of `spec.backup` say it. */
  | { readonly kind: 'cluster'; readonly role: 'method' | 'log' | 'incremental' }
  /** The controller switches this method off again; `instead` is the one that `spec.backup` names. */
  | { readonly kind: 'keptOff'; readonly instead: string };

type ClusterBackup = NonNullable<NonNullable<Cluster['spec']>['backup']>;

/** `wanted`: whether the method is to run; a method that stays off is kept off by nobody. */
export function schedulePlace(inventory: Inventory, cluster: Cluster | undefined, policy: BackupPolicy, method: string, wanted: boolean): SchedulePlace {
  const backup = cluster?.spec?.backup;
  const methods = policy.spec?.backupMethods ?? [];
  // A policy without that method is left alone by it.
  if (backup === undefined || !methods.some(({ name }) => name === backup.method)) {
    return { kind: 'schedule' };
  }
  const { method: named = '' } = backup;
  if (named === method) {
    return { kind: 'cluster', role: 'method' };
  }
  const types = new Map(methods.map((each) => [each.name, methodType(inventory, each)]));
  switch (types.get(method)) {
    case 'Continuous':
      return { kind: 'cluster', role: 'log' };
    case 'Incremental':
      return incrementalPlace(backup, methods, types, method, wanted);
    case 'Full':
      return wanted && backup.enabled === true ? { kind: 'keptOff', instead: named } : { kind: 'schedule' };
    default:
      return { kind: 'schedule' };
  }
}

function incrementalPlace(
  { method: named = '', incrementalBackupEnabled }: ClusterBackup,
  methods: readonly BackupMethod[],
  types: ReadonlyMap<string, BackupType | undefined>,
  method: string,
  wanted: boolean,
): SchedulePlace {
  const own = methods.find(({ name, compatibleMethod }) => types.get(name) === 'Incremental' && compatibleMethod === named);
  if (own?.name === method) {
    return { kind: 'cluster', role: 'incremental' };
  }
  return wanted && incrementalBackupEnabled === true ? { kind: 'keptOff', instead: own?.name ?? named } : { kind: 'schedule' };
}

/** Undefined where the action set is not known. A snapshot counts as Full. */
export function methodType(inventory: Inventory, { actionSetName, snapshotVolumes }: BackupMethod): BackupType | undefined {
  const actionSet = actionSetName === undefined ? undefined : inventory.actionSets.items.get(objectKey(undefined, actionSetName));
  return actionSet !== undefined ? actionSetType(actionSet) : snapshotVolumes === true ? 'Full' : undefined;
}
