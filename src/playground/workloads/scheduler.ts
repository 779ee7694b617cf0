import type { Condition } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { edit, patchStatus, read, withCondition } from '../runtime/edits';
import type { World } from '../world';
import { isFaulty } from './work';
import type { PersistentVolumeClaim, Pod } from './workload';

const NODE_NAME = 'playground-node-0';

const COMPONENT = 'default-scheduler';

/** Places the pod, once its volumes are bound. Returns whether it did. */
export function schedule(pod: Pod, world: World): boolean {
  const scheduled: Condition & { readonly lastProbeTime: null } = {
    type: 'PodScheduled',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: world.clock.timestamp(),
  };
  const obstacle = obstacleTo(pod, world);
  if (obstacle !== undefined) {
    const message = `0/1 nodes are available: ${obstacle}`;
    const condition = { ...scheduled, status: 'False', reason: 'Unschedulable', message };
    world.event(pod, 'Warning', 'FailedScheduling', message, COMPONENT);
    patchStatus(world, RESOURCES.pod, pod, { conditions: withCondition(pod.status?.conditions, condition) });
    return false;
  }
  edit(world, RESOURCES.pod, pod, { spec: { nodeName: NODE_NAME } });
  const others = (pod.status?.conditions ?? []).filter(({ type }) => type !== 'PodScheduled');
  patchStatus(world, RESOURCES.pod, pod, { conditions: [...others, scheduled] });
  const { namespace = '', name } = pod.metadata;
  world.event(pod, 'Normal', 'Scheduled', `Successfully assigned ${namespace}/${name} to ${NODE_NAME}`, COMPONENT);
  return true;
}

/** Why no node takes the pod, in the scheduler's words; undefined where one does. */
export function obstacleTo(pod: Pod, world: World): string | undefined {
  if (isFaulty(world, 'pod-unschedulable', pod)) {
    const why = world.faults.detail('pod-unschedulable') ?? '1 Insufficient memory';
    return `${why}. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.`;
  }
  return areVolumesBound(pod, world) ? undefined : 'pod has unbound immediate PersistentVolumeClaims. not found';
}

function areVolumesBound(pod: Pod, world: World): boolean {
  return (pod.spec.volumes ?? []).every(({ persistentVolumeClaim }) => {
    if (persistentVolumeClaim === undefined) return true;
    const ref = { namespace: pod.metadata.namespace ?? '', name: persistentVolumeClaim.claimName };
    return read<PersistentVolumeClaim>(world, RESOURCES.persistentVolumeClaim, ref)?.status?.phase === 'Bound';
  });
}
