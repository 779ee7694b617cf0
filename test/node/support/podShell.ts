import type { ReachedNode } from '../lane/nodeLane';

export interface PodPlace {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** Runs a script for bash in a container, without input. Gives what it printed; rejects with what it complained of. */
export function runInPod(lane: Pick<ReachedNode, 'kubectl'>, { namespace, pod, container }: PodPlace, script: string, args: readonly string[] = []): Promise<string> {
  return lane.kubectl(['exec', `--namespace=${namespace}`, pod, `--container=${container}`, '--', 'bash', '-c', `set -euo pipefail\n${script}`, 'script', ...args]);
}
