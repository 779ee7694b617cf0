import type { Turn } from '../readInTurns';

/** A turn of an event loop that others share. */
const TURN_MS = 8;

/** How a process measures its turns, and lets others have one. */
export interface TurnClock {
  /** Milliseconds from any instant on. */
  readonly now: () => number;
  /** Resolves when what else is due has run. */
  readonly pause: () => Promise<void>;
}

/** Pauses whenever a turn has lasted long enough; rejects with the signal's reason once it is aborted. */
export function turns(signal: AbortSignal, { now, pause }: TurnClock): Turn {
  let start = now();
  const next = async (): Promise<void> => {
    await pause();
    start = now();
    if (signal.aborted) throw signal.reason instanceof Error ? signal.reason : new Error('cancelled');
  };
  return () => (now() - start < TURN_MS ? undefined : next());
}
