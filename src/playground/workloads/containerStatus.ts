import type { Container } from './workload';

/** One container's status as a kubelet writes it, never restarted; `state` has one of `waiting`, `running`, `terminated`. */
export function containerStatus({ name, image }: Container, state: object, ready: boolean): object {
  return { name, state, lastState: {}, ready, started: ready, restartCount: 0, image, imageID: '' };
}
