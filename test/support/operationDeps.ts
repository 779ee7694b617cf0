import type { OperationDeps } from '../../src/operations/ports';
import { NOW } from './builders';
import { FakeKubernetesApi } from './fakeKubernetesApi';
import { RecordingLogger } from './recordingLogger';

export interface TestDeps extends OperationDeps {
  readonly api: FakeKubernetesApi;
  readonly logger: RecordingLogger;
  /** Every pause that was made, in ms. */
  readonly pauses: number[];
}

/**
 * Dependencies on a clock that jumps over every pause. `onPause` is told the number of the pause that is being made, so that a
 * test can let something happen meanwhile.
 */
export function testDeps(onPause: (pause: number) => void = () => undefined): TestDeps {
  let now = NOW;
  let ids = 0;
  const pauses: number[] = [];
  return {
    api: new FakeKubernetesApi(),
    logger: new RecordingLogger(),
    pauses,
    newId: () => `id-${(ids += 1)}`,
    clock: {
      now: () => now,
      sleep: async (ms, signal) => {
        pauses.push(ms);
        if (pauses.length > 200) {
          throw new Error('waited 200 times');
        }
        await Promise.resolve();
        onPause(pauses.length);
        signal?.throwIfAborted();
        now += ms;
      },
    },
  };
}
