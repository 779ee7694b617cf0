import type { Turn } from '../../manifest/readInTurns';

/** A turn of the extension host, which all extensions share. */
const TURN_MS = 8;

/** Pauses whenever a turn has lasted long enough; rejects with the signal's reason once it is aborted. */
export function turns(signal: AbortSignal): Turn {
  let start = performance.now();
  return () => {
    if (performance.now() - start < TURN_MS) return undefined;
    return new Promise((resolve, reject) => {
      setTimeout(() => {
        start = performance.now();
        if (signal.aborted) reject(signal.reason instanceof Error ? signal.reason : new Error('cancelled'));
        else resolve();
      });
    });
  };
}
