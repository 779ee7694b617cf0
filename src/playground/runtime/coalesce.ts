import type { PlaygroundClock } from '../world';

/**
 * When periodic work is due next: after one interval, or after as many whole intervals as fit into the jump of the
 * clock that is in progress. So a jump over days costs one run, shortly before its end.
 */
export function nextPeriod(intervalMs: number, clock: PlaygroundClock): number {
  const left = (clock.horizon?.() ?? clock.now()) - clock.now();
  return Math.max(1, Math.floor(left / intervalMs)) * intervalMs;
}
