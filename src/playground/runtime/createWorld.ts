import type { Faults, ObjectStore, PlaygroundClock, Random, World } from '../world';
import { createEventRecorder } from './events';

export interface WorldParts {
  readonly store: ObjectStore;
  readonly clock: PlaygroundClock;
  readonly random: Random;
  readonly faults: Faults;
}

/** What controllers and workloads are given. */
export function createWorld(parts: WorldParts): World {
  return { ...parts, event: createEventRecorder(parts) };
}
