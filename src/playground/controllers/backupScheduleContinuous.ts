import type { SchedulePolicy } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { edit, patchStatus, readAll } from '../runtime/edits';
import type { World } from '../world';
import { scheduledName } from './backupScheduleNames';
import { targetsOf } from './backupTargets';
import { ANNOTATION, LABEL, MANAGED_BY } from './names';
import type { BackupSet, Policy, Schedule } from './shapes';

/** Makes the one continuous Backup of a schedule, wakes it, or takes it up again (`scheduler.go` reconcileForContinuous). */
export function reconcileContinuous(schedule: Schedule, one: SchedulePolicy, policy: Policy, world: World): void {
  const labels = labelsOf(schedule, one, policy);
  const backup = existing(schedule, one, world);
  if (backup === undefined) {
    if (one.enabled !== false) create(schedule, one, labels, world);
    return;
  }
  if (one.enabled === true && backup.status?.phase === 'Completed') {
    patchStatus(world, RESOURCES.backup, backup, { phase: 'Running', failureReason: undefined });
    return;
  }
  edit(world, RESOURCES.backup, backup, {
    labels,
    annotations: { [ANNOTATION.reconcile]: schedule.metadata.resourceVersion },
    spec: { retentionPeriod: one.retentionPeriod },
  });
}

function existing(schedule: Schedule, one: SchedulePolicy, world: World): BackupSet | undefined {
  return readAll<BackupSet>(world, RESOURCES.backup, {
    namespace: schedule.metadata.namespace ?? '',
    labels: { [LABEL.backupSchedule]: schedule.metadata.name, [LABEL.backupType]: 'Continuous' },
  }).find(({ spec }) => spec?.backupMethod === one.backupMethod);
}

function create(schedule: Schedule, one: SchedulePolicy, labels: Readonly<Record<string, string>>, world: World): void {
  world.store.create(RESOURCES.backup, {
    apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
    kind: 'Backup',
    metadata: { name: scheduledName(schedule, one.backupMethod), namespace: schedule.metadata.namespace ?? '', labels },
    spec: {
      backupPolicyName: schedule.spec?.backupPolicyName,
      backupMethod: one.backupMethod,
      deletionPolicy: 'Delete',
      ...(one.retentionPeriod === undefined ? {} : { retentionPeriod: one.retentionPeriod }),
    },
  });
}

/** The target's labels come with it, its role too. */
function labelsOf(schedule: Schedule, one: SchedulePolicy, policy: Policy): Readonly<Record<string, string>> {
  const method = policy.spec?.backupMethods?.find(({ name }) => name === one.backupMethod);
  const target = method === undefined ? undefined : targetsOf(policy, method)[0];
  return {
    ...target?.podSelector?.matchLabels,
    [LABEL.managedBy]: MANAGED_BY,
    [LABEL.backupSchedule]: schedule.metadata.name,
    [LABEL.backupType]: 'Continuous',
    [LABEL.autoBackup]: 'true',
  };
}
