import { isTransient } from './createOnce';
import type { OperationDeps } from './ports';

export interface PollOptions {
  /** Ends the waiting, never the thing waited for. */
  readonly signal?: AbortSignal;
  /** Told when the connection is lost, and again when it is back. */
  readonly onConnection?: (connected: boolean) => void;
}

/** How something is followed until it ends. */
export interface FollowOptions<Progress> extends PollOptions {
  readonly onProgress?: (progress: Progress) => void;
}

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 5000;
const LONGEST_RETRY = 30_000;

/**
 * Looks again and again until `look` gives a result. A lost connection is waited out for as long as it takes; any other
 * error ends it. Pauses grow from one second to five. Rejects with the signal's reason when that is aborted.
 */
export async function poll<T>(
  { clock, logger }: Pick<OperationDeps, 'clock' | 'logger'>,
  look: (signal?: AbortSignal) => Promise<T | undefined>,
  { signal, onConnection }: PollOptions = {},
): Promise<T> {
  let pause = FIRST_PAUSE;
  let failures = 0;
  for (;;) {
    signal?.throwIfAborted();
    try {
      const result = await look(signal);
      if (failures > 0) {
        failures = 0;
        onConnection?.(true);
      }
      if (result !== undefined) {
        return result;
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (!isTransient(error)) {
        throw error;
      }
      if (failures === 0) {
        logger.warn(`lost the connection while following; trying on: ${error instanceof Error ? error.message : String(error)}`);
        onConnection?.(false);
      }
      failures += 1;
    }
    await clock.sleep(failures === 0 ? pause : Math.min(FIRST_PAUSE * 2 ** failures, LONGEST_RETRY), signal);
    pause = Math.min(pause * 1.5, LONGEST_PAUSE);
  }
}
