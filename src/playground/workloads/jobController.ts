import type { Condition } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { isFastForwarding } from '../runtime/coalesce';
import { controllerOf, edit, isDeleting, patchStatus, read, readAll } from '../runtime/edits';
import type { Controller, World } from '../world';
import { jobEnd, type Job, type Pod } from './workload';

const TRACKING = 'batch.kubernetes.io/job-tracking';
const JOB_NAME = 'batch.kubernetes.io/job-name';
const FIRST_RETRY_MS = 10_000;
const COMPONENT = 'job-controller';

/** kube-controller-manager's Job controller: one pod at a time, tried again with back-off up to `backoffLimit`. */
export const jobController: Controller = {
  name: 'job',
  watches: [
    { resource: RESOURCES.job },
    {
      resource: RESOURCES.pod,
      keys: ({ metadata }) => {
        const name = metadata.labels?.[JOB_NAME];
        return name === undefined ? [] : [{ namespace: metadata.namespace ?? '', name }];
      },
    },
  ],
  reconcile(ref, world) {
    const job = read<Job>(world, RESOURCES.job, ref);
    const pods = readAll<Pod>(world, RESOURCES.pod, { namespace: ref.namespace ?? '', labels: { [JOB_NAME]: ref.name } });
    if (job === undefined || isDeleting(job)) {
      for (const pod of pods) release(pod, world);
      return undefined;
    }
    if (jobEnd(job) !== undefined) return undefined;
    return drive(job, pods.filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === job.metadata.uid)), world);
  },
};

function drive(job: Job, pods: readonly Pod[], world: World): { requeueAfterMs: number } | undefined {
  const failed = pods.filter(({ status }) => status?.phase === 'Failed');
  const succeeded = pods.find(({ status }) => status?.phase === 'Succeeded');
  const active = pods.find((pod) => !failed.includes(pod) && pod !== succeeded && !isDeleting(pod));
  if (succeeded !== undefined) {
    complete(job, succeeded, world);
    return undefined;
  }
  if (failed.length > (job.spec.backoffLimit ?? 6)) {
    fail(job, failed, world);
    return undefined;
  }
  if (active !== undefined) {
    if (isFastForwarding(world.clock)) return undefined;
    const ready = active.status?.phase === 'Running' ? 1 : 0;
    patchStatus(world, RESOURCES.job, job, { ready });
    return undefined;
  }
  if ((job.status?.failed ?? 0) < failed.length) return countFailure(job, failed, world);
  return retryOrStart(job, failed, world);
}

function countFailure(job: Job, failed: readonly Pod[], world: World): { requeueAfterMs: number } {
  for (const pod of failed) release(pod, world);
  patchStatus(world, RESOURCES.job, job, { failed: failed.length, active: undefined, ready: 0 });
  return { requeueAfterMs: backoff(failed.length) };
}

function retryOrStart(job: Job, failed: readonly Pod[], world: World): { requeueAfterMs: number } | undefined {
  const lastEnd = Math.max(0, ...failed.map(endedAt));
  const wait = failed.length === 0 ? 0 : lastEnd + backoff(failed.length) - world.clock.now();
  if (wait > 0) return { requeueAfterMs: wait };
  createPod(job, world);
  if (isFastForwarding(world.clock)) return undefined;
  patchStatus(world, RESOURCES.job, job, {
    startTime: job.status?.startTime ?? world.clock.timestamp(),
    active: 1,
    ready: 0,
    terminating: 0,
    uncountedTerminatedPods: {},
  });
  return undefined;
}

function backoff(failures: number): number {
  return FIRST_RETRY_MS * 2 ** (failures - 1);
}

function endedAt(pod: Pod): number {
  const statuses = pod.status?.containerStatuses as readonly { state?: { terminated?: { finishedAt?: string } } }[] | undefined;
  return Date.parse(statuses?.[0]?.state?.terminated?.finishedAt ?? '') || 0;
}

function createPod(job: Job, world: World): void {
  const { namespace = '', name, uid = '' } = job.metadata;
  const podName = `${name.slice(0, 57)}-${world.random.suffix(5)}`;
  const { template } = job.spec;
  world.store.create(RESOURCES.pod, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: podName,
      generateName: `${name}-`,
      namespace,
      labels: {
        ...template.metadata?.labels,
        'batch.kubernetes.io/controller-uid': uid,
        [JOB_NAME]: name,
        'controller-uid': uid,
        'job-name': name,
      },
      ...(template.metadata?.annotations === undefined ? {} : { annotations: template.metadata.annotations }),
      ownerReferences: [controllerOf(job)],
      ...(isFastForwarding(world.clock) ? {} : { finalizers: [TRACKING] }),
    },
    spec: { schedulerName: 'default-scheduler', ...template.spec },
    status: { phase: 'Pending', qosClass: 'BestEffort' },
  });
  world.event(job, 'Normal', 'SuccessfulCreate', `Created pod: ${podName}`, COMPONENT);
}

function complete(job: Job, pod: Pod, world: World): void {
  const met = condition(world, 'SuccessCriteriaMet', 'CompletionsReached', 'Reached expected number of succeeded pods');
  const done = { ...met, type: 'Complete' };
  if (!isFastForwarding(world.clock)) patchStatus(world, RESOURCES.job, job, { conditions: [met], ready: 0, active: undefined });
  release(pod, world);
  const startTime = job.status?.startTime ?? job.metadata.creationTimestamp;
  patchStatus(world, RESOURCES.job, job, { conditions: [met, done], startTime, completionTime: world.clock.timestamp(), succeeded: 1 });
  world.event(job, 'Normal', 'Completed', 'Job completed', COMPONENT);
}

function fail(job: Job, failed: readonly Pod[], world: World): void {
  const message = 'Job has reached the specified backoff limit';
  const target = condition(world, 'FailureTarget', 'BackoffLimitExceeded', message);
  const end = { ...target, type: 'Failed' };
  patchStatus(world, RESOURCES.job, job, { conditions: [target], ready: 0, active: undefined });
  for (const pod of failed) release(pod, world);
  const startTime = job.status?.startTime ?? job.metadata.creationTimestamp;
  patchStatus(world, RESOURCES.job, job, { conditions: [target, end], startTime, failed: failed.length });
  world.event(job, 'Warning', 'BackoffLimitExceeded', message, COMPONENT);
}

function condition(world: World, type: string, reason: string, message: string): Condition & { readonly lastProbeTime: string } {
  const at = world.clock.timestamp();
  return { type, status: 'True', lastProbeTime: at, lastTransitionTime: at, reason, message };
}

function release(pod: Pod, world: World): void {
  if (pod.metadata.finalizers?.includes(TRACKING) === true) edit(world, RESOURCES.pod, pod, { removeFinalizer: TRACKING });
}
