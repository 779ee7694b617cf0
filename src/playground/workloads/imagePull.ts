import { RESOURCES } from '../resources';
import { patchStatus } from '../runtime/edits';
import type { World } from '../world';
import { containerStatus } from './containerStatus';
import { isFaulty } from './work';
import type { Pod } from './workload';

const COMPONENT = 'kubelet';

/**
 * The fault `image-missing`: the main container's image cannot be pulled, first with the registry's answer and then with
 * the kubelet's back-off, as long as the fault is on. Returns whether the pod has to wait.
 */
export function isImageMissing(pod: Pod, world: World): boolean {
  const [main, ...others] = pod.spec.containers;
  if (main === undefined || !isFaulty(world, 'image-missing', pod)) return false;
  const { image } = main;
  const answer = world.faults.detail('image-missing') ?? `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": ${image}: not found`;
  const isFirst = pod.status?.containerStatuses === undefined;
  const waiting = isFirst
    ? { reason: 'ErrImagePull', message: answer }
    : { reason: 'ImagePullBackOff', message: `Back-off pulling image "${image}": ErrImagePull: ${answer}` };
  if (isFirst) {
    world.event(pod, 'Normal', 'Pulling', `Pulling image "${image}"`, COMPONENT);
    world.event(pod, 'Warning', 'Failed', `Failed to pull image "${image}": ${answer}`, COMPONENT);
  } else {
    world.event(pod, 'Normal', 'BackOff', `Back-off pulling image "${image}"`, COMPONENT);
  }
  world.event(pod, 'Warning', 'Failed', `Error: ${waiting.reason}`, COMPONENT);
  patchStatus(world, RESOURCES.pod, pod, {
    containerStatuses: [
      containerStatus(main, { waiting }, false),
      ...others.map((container) => containerStatus(container, { waiting: { reason: 'PodInitializing' } }, false)),
    ],
  });
  return true;
}
