import { isCronError, nextRun, parseCron } from '../../kubeblocks/cron';
import type { AnyObject } from '../../kubeblocks/objects';
import { scheduledName } from '../controllers/backupScheduleNames';
import { LABEL } from '../controllers/names';
import { scheduledBackup } from '../controllers/scheduledBackup';
import type { Policy, Schedule } from '../controllers/shapes';
import { RESOURCES } from '../resources';
import { formatTimestamp } from '../runtime/clock';
import { isFastForwarding } from '../runtime/coalesce';
import { controllerOf, isDeleting, patchStatus, read, readAll, remove } from '../runtime/edits';
import type { Controller, World } from '../world';
import { runScript } from './scheduleWork';
import { jobEnd, type CronJob, type Job } from './workload';

const MINUTE_MS = 60_000;
const COMPONENT = 'cronjob-controller';

/** kube-controller-manager's CronJob controller with `concurrencyPolicy: Forbid`, in UTC. */
export const cronJobController: Controller = {
  name: 'cronjob',
  watches: [
    { resource: RESOURCES.cronJob },
    {
      resource: RESOURCES.job,
      keys: ({ metadata }) =>
        (metadata.ownerReferences ?? [])
          .filter(({ kind }) => kind === 'CronJob')
          .map(({ name }) => ({ namespace: metadata.namespace ?? '', name })),
    },
  ],
  reconcile(ref, world) {
    const cronJob = read<CronJob>(world, RESOURCES.cronJob, ref);
    if (cronJob === undefined || isDeleting(cronJob)) return undefined;
    const jobs = jobsOf(cronJob, world);
    const remaining = cleanUp(cronJob, jobs, world);
    if (cronJob.spec.suspend === true) return undefined;
    return runWhenDue(cronJob, remaining, world);
  },
};

function jobsOf(cronJob: CronJob, world: World): readonly Job[] {
  return readAll<Job>(world, RESOURCES.job, { namespace: cronJob.metadata.namespace ?? '' }).filter(({ metadata }) =>
    metadata.ownerReferences?.some(({ uid }) => uid === cronJob.metadata.uid),
  );
}

function runWhenDue(cronJob: CronJob, jobs: readonly Job[], world: World): { requeueAfterMs: number } | undefined {
  const schedule = parseCron(cronJob.spec.schedule);
  if (isCronError(schedule)) return undefined;
  const now = world.clock.now();
  const since = Date.parse(cronJob.status?.lastScheduleTime ?? cronJob.metadata.creationTimestamp ?? '') || now;
  let due = nextRun(schedule, since);
  if (due !== undefined && due <= now) {
    // A change of the schedule can leave missed runs behind; only the latest counts, within the deadline.
    for (let later = nextRun(schedule, due); later !== undefined && later <= now; later = nextRun(schedule, due)) due = later;
    const deadline = cronJob.spec.startingDeadlineSeconds;
    const isTooLate = deadline !== undefined && now - due > deadline * 1000;
    if (!isTooLate && jobs.every((job) => jobEnd(job) !== undefined)) run(cronJob, due, world);
    due = nextRun(schedule, now);
  }
  return due === undefined ? undefined : { requeueAfterMs: due - now };
}

/** A job that succeeds leaves nothing behind; in a long jump of the clock its script is run without one. */
function run(cronJob: CronJob, due: number, world: World): void {
  const scheduledAt = formatTimestamp(due);
  const { template } = cronJob.spec.jobTemplate.spec;
  const script = template.spec.containers[0]?.args?.[0];
  if (isFastForwarding(world.clock) && script !== undefined && runScript(script, world, (time) => backupOf(cronJob, time, world)).exitCode === 0) {
    patchStatus(world, RESOURCES.cronJob, cronJob, { lastScheduleTime: scheduledAt, lastSuccessfulTime: scheduledAt });
    return;
  }
  startJob(cronJob, due, scheduledAt, world);
}

/** What the script's manifest comes to, without reading YAML; undefined where the schedule is gone. */
function backupOf({ metadata }: CronJob, time: string, world: World): AnyObject | undefined {
  const { namespace = '', name, labels } = metadata;
  const schedule = read<Schedule>(world, RESOURCES.backupSchedule, { namespace, name: labels?.[LABEL.backupSchedule] ?? '' });
  const policy = read<Policy>(world, RESOURCES.backupPolicy, { namespace, name: labels?.[LABEL.backupPolicy] ?? '' });
  const one = schedule?.spec?.schedules?.find((each) => scheduledName(schedule, each.name ?? each.backupMethod) === name);
  return schedule === undefined || policy === undefined || one === undefined ? undefined : scheduledBackup(schedule, one, policy, time);
}

function startJob(cronJob: CronJob, due: number, scheduledAt: string, world: World): void {
  const { namespace = '', name } = cronJob.metadata;
  const jobName = `${name}-${String(Math.floor(due / MINUTE_MS))}`;
  if (world.store.get(RESOURCES.job, { namespace, name: jobName }) !== undefined) return;
  const job = world.store.create(RESOURCES.job, {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: jobName,
      namespace,
      annotations: { 'batch.kubernetes.io/cronjob-scheduled-timestamp': scheduledAt },
      ownerReferences: [controllerOf(cronJob)],
    },
    spec: cronJob.spec.jobTemplate.spec,
  });
  world.event(cronJob, 'Normal', 'SuccessfulCreate', `Created job ${jobName}`, COMPONENT);
  patchStatus(world, RESOURCES.cronJob, cronJob, {
    active: [{ apiVersion: 'batch/v1', kind: 'Job', name: jobName, namespace, uid: job.metadata.uid, resourceVersion: job.metadata.resourceVersion }],
    lastScheduleTime: scheduledAt,
  });
}

/** Takes finished jobs off the active list and keeps as many as the history limits say. Returns what is left. */
function cleanUp(cronJob: CronJob, jobs: readonly Job[], world: World): readonly Job[] {
  const finished = jobs.filter((job) => jobEnd(job) !== undefined);
  if (finished.length === 0) return jobs;
  const succeeded = finished.filter((job) => jobEnd(job)?.ok === true);
  const failed = finished.filter((job) => jobEnd(job)?.ok === false);
  const doomed = [
    ...oldest(succeeded, cronJob.spec.successfulJobsHistoryLimit ?? 3),
    ...oldest(failed, cronJob.spec.failedJobsHistoryLimit ?? 1),
  ];
  for (const { metadata } of doomed) {
    remove(world, RESOURCES.job, { namespace: metadata.namespace ?? '', name: metadata.name });
    world.event(cronJob, 'Normal', 'SuccessfulDelete', `Deleted job ${metadata.name}`, COMPONENT);
  }
  const active = (cronJob.status?.active ?? []).filter(({ name }) => !finished.some(({ metadata }) => metadata.name === name));
  patchStatus(world, RESOURCES.cronJob, cronJob, {
    active: active.length === 0 ? undefined : active,
    lastSuccessfulTime: succeeded.at(-1)?.status?.completionTime ?? cronJob.status?.lastSuccessfulTime,
  });
  return jobs.filter((job) => !doomed.includes(job));
}

function oldest(jobs: readonly Job[], keep: number): readonly Job[] {
  return jobs.slice(0, Math.max(0, jobs.length - keep));
}
