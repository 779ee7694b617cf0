import type { KubeBlocksLine } from '../../kubeblocks/kinds';
import type { Faults, ObjectStore, PlaygroundClock, Random, World } from '../world';
import { createEventRecorder } from './events';

export interface WorldParts {
  readonly store: ObjectStore;
  readonly clock: PlaygroundClock;
  readonly random: Random;
  readonly faults: Faults;
  /** 1.0 when absent. */
  readonly line?: KubeBlocksLine;
}

/** What controllers and workloads are given. */
export function createWorld(parts: WorldParts): World {
  return { line: '1.0', ...parts, event: createEventRecorder(parts) };
}
