import type { AnyObject, Condition } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { isFastForwarding, nextPeriod } from '../runtime/coalesce';
import { edit, patchStatus, read, readAll, refOf, withCondition } from '../runtime/edits';
import type { Controller, ObjectRef, World } from '../world';
import { planWork } from './planWork';
import type { PodLogs } from './podLogs';
import type { Work } from './work';
import type { Container, PersistentVolumeClaim, Pod } from './workload';

export const NODE_NAME = 'playground-node-0';

/** Between scheduling and running: image pull and start. */
const START_MS = 600;
const RETRY_SCHEDULING_MS = 1000;

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
    if (!isFastForwarding(world.clock) || pod.spec.restartPolicy !== 'Never' || !areVolumesBound(pod, world)) return undefined;
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

/** Places the pod, once its volumes are bound. Returns whether it did. */
function schedule(pod: Pod, world: World): boolean {
  const scheduled: Condition & { readonly lastProbeTime: null } = {
    type: 'PodScheduled',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: world.clock.timestamp(),
  };
  if (!areVolumesBound(pod, world)) {
    const message = '0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found';
    const condition = { ...scheduled, status: 'False', reason: 'Unschedulable', message };
    world.event(pod, 'Warning', 'FailedScheduling', message, 'default-scheduler');
    patchStatus(world, RESOURCES.pod, pod, { conditions: withCondition(pod.status?.conditions, condition) });
    return false;
  }
  edit(world, RESOURCES.pod, pod, { spec: { nodeName: NODE_NAME } });
  const others = (pod.status?.conditions ?? []).filter(({ type }) => type !== 'PodScheduled');
  patchStatus(world, RESOURCES.pod, pod, { conditions: [...others, scheduled] });
  const { namespace = '', name } = pod.metadata;
  world.event(pod, 'Normal', 'Scheduled', `Successfully assigned ${namespace}/${name} to ${NODE_NAME}`, 'default-scheduler');
  return true;
}

function areVolumesBound(pod: Pod, world: World): boolean {
  return (pod.spec.volumes ?? []).every(({ persistentVolumeClaim }) => {
    if (persistentVolumeClaim === undefined) return true;
    const ref = { namespace: pod.metadata.namespace ?? '', name: persistentVolumeClaim.claimName };
    return read<PersistentVolumeClaim>(world, RESOURCES.persistentVolumeClaim, ref)?.status?.phase === 'Bound';
  });
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

function containerStatus(container: Container, state: object, ready: boolean): object {
  return {
    name: container.name,
    state,
    lastState: {},
    ready,
    started: ready,
    restartCount: 0,
    image: container.image,
    imageID: '',
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
