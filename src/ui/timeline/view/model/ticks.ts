import { wallClock } from '../../../../kubeblocks/timeText';
import { instantsOf } from '../../../../kubeblocks/wallTime';
import type { Scale } from './scale';

export interface Tick {
  readonly at: number;
  readonly label: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [1, 2, 5, 10, 15, 30].map((count) => count * SECOND).concat(
  [1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  [1, 2, 3, 6, 12].map((count) => count * HOUR),
  [1, 2, 7, 14, 28, 91, 182, 364].map((count) => count * DAY),
);
/** Room (px) that a label needs. */
const ROOM = 96;

/** Round times of the zone's wall clock, as far apart as their labels need; midnight says the date. */
export function ticksOf({ from, to, width }: Scale, timeZone: string): readonly Tick[] {
  const shortest = ((to - from) / Math.max(1, width)) * ROOM;
  const step = STEPS.find((each) => each >= shortest) ?? (STEPS.at(-1) ?? DAY) * Math.ceil(shortest / (STEPS.at(-1) ?? DAY));
  const ticks: Tick[] = [];
  for (let wall = Math.floor(wallOf(from, timeZone) / step) * step; wall <= wallOf(to, timeZone) + step; wall += step) {
    const at = instantsOf(wall, timeZone)[0];
    if (at !== undefined && at >= from && at <= to) {
      ticks.push({ at, label: labelOf(wall, step) });
    }
  }
  return ticks;
}

function wallOf(ms: number, timeZone: string): number {
  const { date, time } = wallClock(ms, timeZone);
  return Date.parse(`${date}T${time}Z`);
}

function labelOf(wall: number, step: number): string {
  const text = new Date(wall).toISOString();
  if (wall % DAY === 0) {
    return text.slice(0, 10);
  }
  return step < MINUTE ? text.slice(11, 19) : text.slice(11, 16);
}
