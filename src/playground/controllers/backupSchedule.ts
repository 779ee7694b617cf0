import { isCronError, parseCron } from '../../kubeblocks/cron';
import type { AnyObject, SchedulePolicy } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { controllerOf, edit, isDeleting, patchStatus, read, readAll, refOf, remove } from '../runtime/edits';
import type { Controller, ObjectRef, World } from '../world';
import { reconcileContinuous } from './backupScheduleContinuous';
import { scheduledName, scheduleScript } from './backupScheduleNames';
import { Failure, notFound } from './failure';
import { traitsOf } from './lineTraits';
import { ANNOTATION, FINALIZER, LABEL, MANAGED_BY, TOOLS_IMAGE, WORKER_SERVICE_ACCOUNT } from './names';
import { parameterFault } from './parameters';
import type { Actions, Method, Policy, Schedule } from './shapes';
import { UNLIMITED } from './workerJob';

const COMPONENT = 'backup-schedule-controller';

/**
 * One CronJob for each enabled schedule, one continuous Backup for log archiving (`backupschedule_controller.go`,
 * `scheduler.go`). The CronJob of a line that was deleted while it was on stays, and goes on.
 */
export const backupScheduleController: Controller = {
  name: 'backup-schedule',
  watches: [
    { resource: RESOURCES.backupSchedule },
    { resource: RESOURCES.backupPolicy, keys: (policy, world) => schedulesOf(policy, world) },
    { resource: RESOURCES.cronJob, keys: scheduleOfCronJob },
  ],
  reconcile(ref, world) {
    const schedule = read<Schedule>(world, RESOURCES.backupSchedule, ref);
    if (schedule === undefined) return undefined;
    if (isDeleting(schedule)) {
      deleteSchedule(schedule, world);
      return undefined;
    }
    update(edit(world, RESOURCES.backupSchedule, schedule, { addFinalizer: FINALIZER }), world);
    return undefined;
  },
};

/** Whoever changes a CronJob sees it written again (`Owns(&batchv1.CronJob{})`). */
function scheduleOfCronJob({ metadata: { namespace = '', labels, ownerReferences } }: AnyObject): readonly ObjectRef[] {
  const name = labels?.[LABEL.backupSchedule];
  return name === undefined || ownerReferences?.some(({ controller }) => controller === true) !== true ? [] : [{ namespace, name }];
}

function schedulesOf(policy: AnyObject, world: World): readonly ObjectRef[] {
  return readAll<Schedule>(world, RESOURCES.backupSchedule, { namespace: policy.metadata.namespace ?? '' })
    .filter(({ spec }) => spec?.backupPolicyName === policy.metadata.name)
    .map(refOf);
}

function update(schedule: Schedule, world: World): void {
  try {
    const policy = policyOf(schedule, world);
    const labelled = edit(world, RESOURCES.backupSchedule, schedule, { labels: { [LABEL.backupPolicy]: policy.metadata.name } });
    const schedules = labelled.spec?.schedules ?? [];
    for (const one of schedules) check(one, policy, world);
    checkNames(schedules);
    for (const one of schedules) apply(labelled, one, policy, world);
    patchStatus(world, RESOURCES.backupSchedule, labelled, {
      phase: 'Available',
      failureReason: undefined,
      observedGeneration: labelled.metadata.generation,
    });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    patchStatus(world, RESOURCES.backupSchedule, schedule, { phase: 'Failed', failureReason: error.message });
    world.event(schedule, 'Warning', 'HandleBackupScheduleFailed', error.message, COMPONENT);
  }
}

function policyOf({ spec, metadata }: Schedule, world: World): Policy {
  const name = spec?.backupPolicyName ?? '';
  const policy = read<Policy>(world, RESOURCES.backupPolicy, { namespace: metadata.namespace ?? '', name });
  if (policy === undefined) throw notFound('BackupPolicy', name);
  return policy;
}

function check(schedule: SchedulePolicy, policy: Policy, world: World): void {
  const method = methodOf(schedule, policy);
  if (method === undefined) {
    const { namespace = '', name } = policy.metadata;
    throw new Failure(`backup method ${schedule.backupMethod} is not in backup policy ${namespace}/${name}`);
  }
  const actionSet = read<Actions>(world, RESOURCES.actionSet, { name: method.actionSetName ?? '' });
  const fault = actionSet === undefined ? undefined : parameterFault(actionSet, schedule.parameters ?? [], 'backup');
  if (fault !== undefined) throw new Failure(`fails to validate parameters of backupMethod ${schedule.backupMethod}: ${fault}`);
}

function checkNames(schedules: readonly SchedulePolicy[]): void {
  const names = schedules.map(({ name, backupMethod }) => name ?? backupMethod);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Failure(`schedule name ${twice} is duplicated`);
}

function methodOf({ backupMethod }: SchedulePolicy, policy: Policy): Method | undefined {
  return policy.spec?.backupMethods?.find(({ name }) => name === backupMethod);
}

function apply(schedule: Schedule, one: SchedulePolicy, policy: Policy, world: World): void {
  const method = methodOf(one, policy);
  const actionSet = read<Actions>(world, RESOURCES.actionSet, { name: method?.actionSetName ?? '' });
  if (actionSet?.spec?.backupType === 'Continuous') {
    reconcileContinuous(schedule, one, policy, world);
    return;
  }
  const ref = { namespace: schedule.metadata.namespace ?? '', name: scheduledName(schedule, one.name ?? one.backupMethod) };
  if (one.enabled !== true) {
    removeCronJob(ref, world);
    return;
  }
  const wanted = cronJob(schedule, one, { policy, method, isIncremental: actionSet?.spec?.backupType === 'Incremental', isOwned: traitsOf(world).ownsCronJobs, ref });
  const current = world.store.get(RESOURCES.cronJob, ref);
  checkCron(one.cronExpression, ref.name);
  if (current === undefined) world.store.create(RESOURCES.cronJob, wanted);
  // KubeBlocks writes the whole spec: a deadline that is wanted no more goes.
  else edit(world, RESOURCES.cronJob, current, { labels: wanted.metadata.labels ?? {}, spec: { startingDeadlineSeconds: undefined, ...(wanted.spec as object) } });
}

/** What the API server says to a CronJob it cannot take. */
function checkCron(expression: string, name: string): void {
  const parsed = parseCron(expression);
  if (!isCronError(parsed)) return;
  throw new Failure(`CronJob.batch "${name}" is invalid: spec.schedule: Invalid value: ${JSON.stringify(expression)}: ${parsed.error}`);
}

interface CronJobContext {
  readonly policy: Policy;
  readonly method: Method | undefined;
  readonly isIncremental: boolean;
  readonly isOwned: boolean;
  readonly ref: ObjectRef;
}

function cronJob(schedule: Schedule, one: SchedulePolicy, { policy, method, isIncremental, isOwned, ref }: CronJobContext): AnyObject {
  const { startingDeadlineMinutes } = schedule.spec ?? {};
  const script = scheduleScript(schedule, one, policy, isIncremental ? method?.compatibleMethod : undefined);
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: {
      name: ref.name,
      ...(ref.namespace === undefined ? {} : { namespace: ref.namespace }),
      labels: {
        ...schedule.metadata.labels,
        [LABEL.managedBy]: MANAGED_BY,
        [LABEL.backupPolicy]: policy.metadata.name,
        [LABEL.backupSchedule]: schedule.metadata.name,
        [LABEL.backupMethod]: one.backupMethod,
      },
      ...(isOwned && { ownerReferences: [controllerOf(schedule)] }),
      finalizers: [FINALIZER],
    },
    spec: {
      schedule: one.cronExpression,
      timeZone: 'UTC',
      concurrencyPolicy: 'Forbid',
      suspend: false,
      successfulJobsHistoryLimit: 0,
      failedJobsHistoryLimit: 1,
      ...(startingDeadlineMinutes === undefined ? {} : { startingDeadlineSeconds: startingDeadlineMinutes * 60 }),
      jobTemplate: {
        metadata: {},
        spec: {
          backoffLimit: policy.spec?.backoffLimit ?? 2,
          template: {
            metadata: {},
            spec: {
              restartPolicy: 'Never',
              serviceAccountName: WORKER_SERVICE_ACCOUNT,
              containers: [{ name: 'backup-schedule', image: TOOLS_IMAGE, command: ['sh', '-c'], args: [script], resources: UNLIMITED }],
            },
          },
        },
      },
    },
  };
}

function cronJobsOf(schedule: Schedule, world: World): readonly AnyObject[] {
  const labels = { [LABEL.backupSchedule]: schedule.metadata.name };
  return world.store.list(RESOURCES.cronJob, { namespace: schedule.metadata.namespace ?? '', labels });
}

function removeCronJob(ref: ObjectRef, world: World): void {
  const cron = world.store.get(RESOURCES.cronJob, ref);
  if (cron === undefined) return;
  edit(world, RESOURCES.cronJob, cron, { removeFinalizer: FINALIZER });
  remove(world, RESOURCES.cronJob, ref);
}

/** The CronJobs go, the backups stay; a continuous one ends as soon as it looks for its schedule. */
function deleteSchedule(schedule: Schedule, world: World): void {
  const { name, namespace = '' } = schedule.metadata;
  world.event(schedule, 'Normal', 'DeletingCR', `Deleting backupschedule: ${name}`, COMPONENT);
  for (const cron of cronJobsOf(schedule, world)) removeCronJob(refOf(cron), world);
  edit(world, RESOURCES.backupSchedule, schedule, { removeFinalizer: FINALIZER });
  const labels = { [LABEL.backupSchedule]: name, [LABEL.backupType]: 'Continuous' };
  for (const backup of readAll(world, RESOURCES.backup, { namespace, labels })) {
    edit(world, RESOURCES.backup, backup, { annotations: { [ANNOTATION.reconcile]: schedule.metadata.resourceVersion } });
  }
  world.event(schedule, 'Normal', 'DeletedCR', `Deleted backupschedule: ${name}`, COMPONENT);
}
