import type { PlaygroundClock } from '../world';

/**
 * When periodic work is due next: after one interval, or after as many whole intervals as fit into the jump of the
 * clock that is in progress. So a jump over days costs one run, shortly before its end.
 */
export function nextPeriod(intervalMs: number, clock: PlaygroundClock): number {
  const left = (clock.horizon?.() ?? clock.now()) - clock.now();
  return Math.max(1, Math.floor(left / intervalMs)) * intervalMs;
}

const HOUR_MS = 3_600_000;

/**
 * Whether the clock is in a jump that will not end for an hour yet. Nobody can be watching then, so that workers may
 * leave out what would be gone by the end of it: the steps between their start and their end.
 */
export function isFastForwarding(clock: PlaygroundClock): boolean {
  return (clock.horizon?.() ?? clock.now()) - clock.now() > HOUR_MS;
}
