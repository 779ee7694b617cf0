import * as l10n from '@vscode/l10n';

/** Where a text is read: `timeZone` is an IANA name. */
export interface TimeContext {
  /** Ms since the epoch, by the clock of the cluster whose times are read. */
  readonly now: number;
  /** The same instant by this machine's clock, for what happened here (a lost connection); absent where they are one. */
  readonly here?: number;
  readonly timeZone: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `3 s`, `14 min`, `17 h`, `6 d`: the largest unit that fits, whole. */
export function durationText(ms: number): string {
  const length = Math.max(0, ms);
  if (length < MINUTE) {
    return l10n.t('{0} s', Math.floor(length / SECOND));
  }
  if (length < HOUR) {
    return l10n.t('{0} min', Math.floor(length / MINUTE));
  }
  return length < 2 * DAY ? l10n.t('{0} h', Math.floor(length / HOUR)) : l10n.t('{0} d', Math.floor(length / DAY));
}

/** `4 min 12 s`, `2 h 45 min`: two units, for lengths that are compared. */
export function exactDurationText(ms: number): string {
  const length = Math.max(0, ms);
  if (length < MINUTE) {
    return l10n.t('{0} s', Math.floor(length / SECOND));
  }
  if (length < HOUR) {
    const seconds = Math.floor((length % MINUTE) / SECOND);
    return seconds === 0 ? l10n.t('{0} min', Math.floor(length / MINUTE)) : l10n.t('{0} min {1} s', Math.floor(length / MINUTE), seconds);
  }
  const minutes = Math.floor((length % HOUR) / MINUTE);
  return minutes === 0 || length >= DAY ? durationText(length) : l10n.t('{0} h {1} min', Math.floor(length / HOUR), minutes);
}

/** `17 h ago`; `just now` also where the clock that stamped it is ahead. */
export function ageText(ms: number, { now }: Pick<TimeContext, 'now'>): string {
  return now - ms < SECOND ? l10n.t('just now') : l10n.t('{0} ago', durationText(now - ms));
}

/** `3 min ago`, of something that happened on this machine. */
export function ageHereText(ms: number, { now, here = now }: TimeContext): string {
  return ageText(ms, { now: here });
}

/** `the cluster's clock is 1 h 1 min ahead of this machine's`; undefined where they differ by a minute at most. */
export function clockSkewText({ now, here = now }: TimeContext): string | undefined {
  const ahead = now - here;
  if (Math.abs(ahead) <= MINUTE) {
    return undefined;
  }
  const length = exactDurationText(Math.abs(ahead));
  return ahead > 0 ? l10n.t("the cluster's clock is {0} ahead of this machine's", length) : l10n.t("the cluster's clock is {0} behind this machine's", length);
}

/** `in 5 h`, or `now` for what is due. */
export function untilText(ms: number, { now }: TimeContext): string {
  return ms <= now ? l10n.t('now') : l10n.t('in {0}', durationText(ms - now));
}

/** `2026-11-23 11:58:00`, in the reader's zone. */
export function localText(ms: number, { timeZone }: Pick<TimeContext, 'timeZone'>): string {
  const { date, time } = wallClock(ms, timeZone);
  return `${date} ${time}`;
}

/** `2026-11-23 09:58:00 UTC`. */
export function utcText(ms: number): string {
  return `${localText(ms, { timeZone: 'UTC' })} UTC`;
}

/** `2026-11-23 11:58:00 (09:58:00 UTC)`: local first, UTC where KubeBlocks thinks in UTC. */
export function localAndUtcText(ms: number, context: Pick<TimeContext, 'timeZone'>): string {
  const local = wallClock(ms, context.timeZone);
  const utc = wallClock(ms, 'UTC');
  if (local.date === utc.date && local.time === utc.time) {
    return l10n.t('{0} UTC', `${utc.date} ${utc.time}`);
  }
  const utcPart = local.date === utc.date ? utc.time : `${utc.date} ${utc.time}`;
  return l10n.t('{0} ({1} UTC)', `${local.date} ${local.time}`, utcPart);
}

/** The time of day for an instant of today, else with its date. */
export function shortText(ms: number, { now, timeZone }: TimeContext): string {
  const local = wallClock(ms, timeZone);
  return local.date === wallClock(now, timeZone).date ? local.time : `${local.date} ${local.time}`;
}

/** RFC 3339, UTC, whole seconds: the only form every KubeBlocks field takes. */
export function rfc3339(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

export interface WallClock {
  /** `2026-11-23`. */
  readonly date: string;
  /** `11:58:00`. */
  readonly time: string;
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

export function wallClock(ms: number, timeZone: string): WallClock {
  const text = new Date(ms + offsetAt(ms, timeZone)).toISOString();
  return { date: text.slice(0, 10), time: text.slice(11, 19) };
}

/** Every zone changes its offset at a whole quarter of an hour, so one question to `Intl` answers for all of it. */
const QUARTER = 15 * MINUTE;
const OFFSETS = new Map<string, Map<number, number>>();
const MOST_OFFSETS = 50_000;

/** How far the zone's wall clock is ahead of UTC at the instant, in ms. */
function offsetAt(ms: number, timeZone: string): number {
  if (timeZone === 'UTC') {
    return 0;
  }
  const quarter = Math.floor(ms / QUARTER) * QUARTER;
  const ofZone = OFFSETS.get(timeZone) ?? new Map<number, number>();
  OFFSETS.set(timeZone, ofZone);
  const known = ofZone.get(quarter);
  if (known !== undefined) {
    return known;
  }
  if (ofZone.size >= MOST_OFFSETS) {
    ofZone.clear();
  }
  const offset = askedOffset(quarter, timeZone);
  ofZone.set(quarter, offset);
  return offset;
}

function askedOffset(ms: number, timeZone: string): number {
  const parts = Object.fromEntries(formatOf(timeZone).formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - ms;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(timeZone);
  if (known !== undefined) {
    return known;
  }
  const two = '2-digit';
  const made = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', year: 'numeric', month: two, day: two, hour: two, minute: two, second: two });
  FORMATS.set(timeZone, made);
  return made;
}
