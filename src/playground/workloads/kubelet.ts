import type { AnyObject } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { isFastForwarding, nextPeriod } from '../runtime/coalesce';
import { patchStatus, read, readAll, refOf } from '../runtime/edits';
import type { Controller, ObjectRef, World } from '../world';
import { containerStatus } from './containerStatus';
import { isImageMissing } from './imagePull';
import { planWork } from './planWork';
import type { PodLogs } from './podLogs';
import { obstacleTo, schedule } from './scheduler';
import { isFaulty, type Work } from './work';
import type { PersistentVolumeClaim, Pod } from './workload';

/** Between scheduling and running: image pull and start. */
const START_MS = 600;
const RETRY_SCHEDULING_MS = 1000;
const RETRY_PULLING_MS = 10_000;

interface Run {
  readonly work: Work;
  readonly startedAt: number;
  midwayDone: boolean;
}

/** Scheduler and kubelet in one: places pods, runs them, and ends those whose work ends. */
export function createKubelet(logs: PodLogs): Controller {
  const runs = new Map<string, Run>();
  const startsAt = new Map<string, number>();
  let addresses = 2;

  function start(pod: Pod, world: World): { requeueAfterMs: number } | undefined {
    addresses += 1;
    const podIP = `10.0.${String(addresses >> 8)}.${String(addresses & 255)}`;
    patchStatus(world, RESOURCES.pod, pod, runningStatus(pod, world.clock.timestamp(), podIP));
    if (pod.spec.restartPolicy !== 'Never') return undefined;
    const run = { work: planWork(pod, world), startedAt: world.clock.now(), midwayDone: false };
    runs.set(pod.metadata.uid ?? '', run);
    return next(run, world);
  }

  /** In a long jump of the clock a worker is written once, at its end. One that never ends is run as ever. */
  function beginUnseen(pod: Pod, world: World): Run | undefined {
    if (!isFastForwarding(world.clock) || pod.spec.restartPolicy !== 'Never' || obstacleTo(pod, world) !== undefined) return undefined;
    if (isFaulty(world, 'image-missing', pod)) return undefined;
    const work = planWork(pod, world);
    if (work.runMs === undefined) return undefined;
    const run = { work, startedAt: world.clock.now() + START_MS, midwayDone: false };
    runs.set(pod.metadata.uid ?? '', run);
    return run;
  }

  function goOn(pod: Pod, run: Run, world: World): { requeueAfterMs: number } | undefined {
    const passed = world.clock.now() - run.startedAt;
    const { runMs, midway } = run.work;
    if (midway !== undefined && !run.midwayDone && passed >= midway.atMs) {
      run.midwayDone = true;
      midway.act();
    }
    if (runMs === undefined || passed < runMs) return next(run, world);
    runs.delete(pod.metadata.uid ?? '');
    writeLogs(pod, run.work, world);
    end(pod, run, world);
    return undefined;
  }

  function next(run: Run, world: World): { requeueAfterMs: number } | undefined {
    const passed = world.clock.now() - run.startedAt;
    const { runMs, midway } = run.work;
    if (midway !== undefined && !run.midwayDone) return { requeueAfterMs: midway.atMs - passed };
    return runMs === undefined ? undefined : { requeueAfterMs: runMs - passed };
  }

  function writeLogs(pod: Pod, work: Work, world: World): void {
    for (const [container, lines] of Object.entries(work.log)) {
      logs.append(pod.metadata.namespace ?? '', pod.metadata.name, container, lines, world.clock.timestamp());
    }
  }

  return {
    name: 'kubelet',
    watches: [{ resource: RESOURCES.pod }, { resource: RESOURCES.persistentVolumeClaim, keys: podsWaitingFor }],
    reconcile(ref, world) {
      const pod = read<Pod>(world, RESOURCES.pod, ref);
      if (pod === undefined) return undefined;
      if (pod.status?.phase === 'Running') {
        const run = runs.get(pod.metadata.uid ?? '');
        return run === undefined ? undefined : goOn(pod, run, world);
      }
      if (pod.status?.phase === undefined) patchStatus(world, RESOURCES.pod, pod, { phase: 'Pending', qosClass: 'BestEffort' });
      else if (pod.status.phase !== 'Pending') return undefined;
      const uid = pod.metadata.uid ?? '';
      const unseen = runs.get(uid) ?? beginUnseen(pod, world);
      if (unseen !== undefined) return goOn(pod, unseen, world);
      if (pod.spec.nodeName === undefined) {
        if (!schedule(pod, world)) return { requeueAfterMs: nextPeriod(RETRY_SCHEDULING_MS, world.clock) };
        startsAt.set(uid, world.clock.now() + START_MS);
      }
      const wait = (startsAt.get(uid) ?? 0) - world.clock.now();
      if (wait > 0) return { requeueAfterMs: wait };
      if (isImageMissing(pod, world)) {
        startsAt.set(uid, world.clock.now() + RETRY_PULLING_MS);
        return { requeueAfterMs: nextPeriod(RETRY_PULLING_MS, world.clock) };
      }
      startsAt.delete(uid);
      return start(pod, world);
    },
  };
}

/** Pods that are not placed yet and mount the claim. */
function podsWaitingFor(claim: AnyObject, world: World): readonly ObjectRef[] {
  if ((claim as PersistentVolumeClaim).status?.phase !== 'Bound') return [];
  return readAll<Pod>(world, RESOURCES.pod, { namespace: claim.metadata.namespace ?? '' })
    .filter(({ spec }) => spec.nodeName === undefined && spec.volumes?.some((volume) => volume.persistentVolumeClaim?.claimName === claim.metadata.name))
    .map(refOf);
}

function runningStatus(pod: Pod, at: string, podIP: string): object {
  const conditions = ['Initialized', 'Ready', 'ContainersReady'].map((type) => ({
    type,
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: at,
  }));
  const started = { running: { startedAt: at } };
  return {
    phase: 'Running',
    conditions: [...(pod.status?.conditions ?? []), ...conditions],
    hostIP: '127.0.0.1',
    hostIPs: [{ ip: '127.0.0.1' }],
    podIP,
    podIPs: [{ ip: podIP }],
    startTime: at,
    ...(pod.spec.initContainers === undefined
      ? {}
      : {
          initContainerStatuses: pod.spec.initContainers.map((container) =>
            containerStatus(container, { terminated: { exitCode: 0, reason: 'Completed', startedAt: at, finishedAt: at } }, true),
          ),
        }),
    containerStatuses: pod.spec.containers.map((container) => containerStatus(container, started, true)),
  };
}


function end(pod: Pod, run: Run, world: World): void {
  const { exitCode } = run.work;
  const at = world.clock.timestamp();
  const state = {
    terminated: { exitCode, reason: exitCode === 0 ? 'Completed' : 'Error', startedAt: pod.status?.startTime ?? at, finishedAt: at },
  };
  const unready = (pod.status?.conditions ?? []).map((condition) =>
    condition.type === 'Ready' || condition.type === 'ContainersReady'
      ? { ...condition, status: 'False', reason: exitCode === 0 ? 'PodCompleted' : 'PodFailed', lastTransitionTime: at }
      : condition,
  );
  patchStatus(world, RESOURCES.pod, pod, {
    phase: exitCode === 0 ? 'Succeeded' : 'Failed',
    startTime: pod.status?.startTime ?? pod.metadata.creationTimestamp,
    conditions: unready,
    containerStatuses: pod.spec.containers.map((container) => containerStatus(container, state, false)),
  });
}
