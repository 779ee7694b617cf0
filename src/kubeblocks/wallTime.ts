import * as l10n from '@vscode/l10n';
import type { TimeContext } from './timeText';
import { rfc3339, wallClock } from './timeText';

/** What a typed time means. */
export type ParsedTime =
  | { readonly kind: 'instant'; readonly ms: number }
  /** The clock was put back: the time came twice. Earlier first. */
  | { readonly kind: 'ambiguous'; readonly choices: readonly number[] }
  /** `nearest`: what a time that the clock skipped may have meant, earlier first. */
  | { readonly kind: 'invalid'; readonly message: string; readonly nearest?: readonly number[] };

const FORM =
  /^(?:(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?:[T ]+|$))?(?:(?<hour>\d{1,2}):(?<minute>\d{1,2})(?::(?<second>\d{1,2})(?:\.\d+)?)?)?\s*(?<zone>Z|UTC|[+-]\d{2}:?\d{2})?$/i;

/**
 * Reads `2026-11-23 11:58:00`, `11:58` (today), and the same with `Z`, `UTC` or an offset behind it. Without a zone it is
 * the reader's wall clock; a time that a change of the clock skipped or repeated is said to be one.
 */
export function parseTime(text: string, context: TimeContext): ParsedTime {
  const groups = FORM.exec(text.trim())?.groups;
  if (groups?.['hour'] === undefined || groups['minute'] === undefined) {
    return invalid(l10n.t('"{0}" is no time. Write it like {1} or {2}.', text, exampleOf(context), rfc3339(context.now)));
  }
  const timeOfDay = `${two(groups['hour'])}:${two(groups['minute'])}:${two(groups['second'] ?? '0')}`;
  if (Number(groups['hour']) > 23 || Number(groups['minute']) > 59 || Number(groups['second'] ?? 0) > 59) {
    return invalid(l10n.t('{0} is no time of day.', text.trim()));
  }
  const zone = groups['zone'];
  const today = wallClock(context.now, zone === undefined ? context.timeZone : 'UTC').date;
  const { year, month, day } = groups;
  const date = year === undefined || month === undefined || day === undefined ? today : `${year}-${two(month)}-${two(day)}`;
  const asUtc = Date.parse(`${date}T${timeOfDay}Z`);
  if (Number.isNaN(asUtc) || rfc3339(asUtc).slice(0, 10) !== date) {
    return invalid(l10n.t('{0} is no day of the calendar.', date));
  }
  return zone === undefined ? local(asUtc, `${date} ${timeOfDay}`, context) : { kind: 'instant', ms: asUtc - offsetOf(zone) };
}

/** The instants at which a wall clock in the zone shows this time: none in a gap, two in an overlap. */
export function instantsOf(wallAsUtc: number, timeZone: string): number[] {
  return offsetsAround(wallAsUtc, timeZone)
    .map((offset) => wallAsUtc - offset)
    .filter((ms) => ms + zoneOffset(ms, timeZone) === wallAsUtc)
    .sort((a, b) => a - b);
}

/** The offsets a zone has on the day before, then and on the day after, each once. */
function offsetsAround(wallAsUtc: number, timeZone: string): number[] {
  const DAY = 86_400_000;
  return [...new Set([-DAY, 0, DAY].map((shift) => zoneOffset(wallAsUtc + shift, timeZone)))];
}

function local(wallAsUtc: number, words: string, { timeZone }: TimeContext): ParsedTime {
  const [first, ...more] = instantsOf(wallAsUtc, timeZone);
  if (first === undefined) {
    const skipped = invalid(l10n.t('{0} did not exist in {1}: the clock was put forward. Write the time in UTC.', words, timeZone));
    return { ...skipped, nearest: offsetsAround(wallAsUtc, timeZone).map((offset) => wallAsUtc - offset).sort((a, b) => a - b) };
  }
  return more.length === 0 ? { kind: 'instant', ms: first } : { kind: 'ambiguous', choices: [first, ...more] };
}

/** How far the zone's wall clock is ahead of UTC at the instant, in ms. */
function zoneOffset(ms: number, timeZone: string): number {
  const { date, time } = wallClock(ms, timeZone);
  return Date.parse(`${date}T${time}Z`) - Math.floor(ms / 1000) * 1000;
}

function offsetOf(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  const length = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return sign === '-' ? -length : length;
}

function exampleOf({ now, timeZone }: TimeContext): string {
  const { date, time } = wallClock(now, timeZone);
  return `${date} ${time}`;
}

function invalid(message: string): ParsedTime & { readonly kind: 'invalid' } {
  return { kind: 'invalid', message };
}

function two(text: string): string {
  return text.padStart(2, '0');
}
