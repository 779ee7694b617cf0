import { parseGoDuration } from './goDuration';

/**
 * Cron expressions as Kubernetes' CronJob reads them: a port of `ParseStandard` of github.com/robfig/cron v3.0.1
 * (`parser.go`, `spec.go`, `constantdelay.go`), with its texts, and the refusal of time zones that
 * `pkg/apis/batch/validation` of Kubernetes adds. Times are UTC, as KubeBlocks sets `timeZone: UTC`.
 */
export type CronSchedule =
  | {
      readonly kind: 'fields';
      readonly minute: CronField;
      readonly hour: CronField;
      readonly dayOfMonth: CronField;
      readonly month: CronField;
      readonly dayOfWeek: CronField;
    }
  | { readonly kind: 'every'; readonly delayMs: number };

export interface CronField {
  readonly values: ReadonlySet<number>;
  /** Written as `*` (or `?`) without a step above 1: it does not restrict the day when the other day field does. */
  readonly star: boolean;
}

export interface CronError {
  /** Kubernetes' own words. */
  readonly error: string;
}

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names?: Readonly<Record<string, number>>;
}

function numbered(first: number, ...names: string[]): Record<string, number> {
  return Object.fromEntries(names.map((name, index) => [name, first + index]));
}

const MINUTE: Bounds = { min: 0, max: 59 };
const HOUR: Bounds = { min: 0, max: 23 };
const DAY_OF_MONTH: Bounds = { min: 1, max: 31 };
const MONTH: Bounds = {
  min: 1,
  max: 12,
  names: numbered(1, 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'),
};
const DAY_OF_WEEK: Bounds = { min: 0, max: 6, names: numbered(0, 'sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat') };

const DESCRIPTORS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

const TIME_ZONE_REFUSED = 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead';
/** What Go's `strings.Fields` and `TrimSpace` take for space. */
export const GO_SPACE = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
const MAX_INT64 = 9223372036854775807n;

/** A fault found while parsing; never leaves this file. */
class Refusal extends Error {}

export function parseCron(expression: string): CronSchedule | CronError {
  const known = PARSED.get(expression);
  if (known !== undefined) {
    return known;
  }
  if (PARSED.size >= MOST_PARSED) {
    PARSED.clear();
  }
  const parsed = parse(expression);
  PARSED.set(expression, parsed);
  return parsed;
}

/** A cluster's schedules use the same few expressions, and trees ask for them with every change. */
const PARSED = new Map<string, CronSchedule | CronError>();
const MOST_PARSED = 1_000;

function parse(expression: string): CronSchedule | CronError {
  if (expression.includes('TZ')) {
    return { error: TIME_ZONE_REFUSED };
  }
  try {
    return parseSchedule(expression);
  } catch (error) {
    if (error instanceof Refusal) {
      return { error: error.message };
    }
    throw error;
  }
}

export function isCronError(parsed: CronSchedule | CronError): parsed is CronError {
  return 'error' in parsed;
}

function parseSchedule(expression: string): CronSchedule {
  if (expression === '') {
    throw new Refusal('empty spec string');
  }
  if (expression.startsWith('@')) {
    return parseDescriptor(expression);
  }
  return parseFields(expression.split(GO_SPACE).filter((field) => field !== ''));
}

function parseDescriptor(descriptor: string): CronSchedule {
  const fields = Object.hasOwn(DESCRIPTORS, descriptor) ? DESCRIPTORS[descriptor] : undefined;
  if (fields !== undefined) {
    return parseFields(fields.split(' '));
  }
  const every = '@every ';
  if (!descriptor.startsWith(every)) {
    throw new Refusal(`unrecognized descriptor: ${descriptor}`);
  }
  const duration = parseGoDuration(descriptor.slice(every.length));
  if ('error' in duration) {
    throw new Refusal(`failed to parse duration ${descriptor}: ${duration.error}`);
  }
  return { kind: 'every', delayMs: Math.max(1, Math.floor(duration.ms / 1000)) * 1000 };
}

function parseFields(fields: readonly string[]): CronSchedule {
  const [minute, hour, dayOfMonth, month, dayOfWeek, ...more] = fields;
  if (minute === undefined || hour === undefined || dayOfMonth === undefined || month === undefined || dayOfWeek === undefined || more.length > 0) {
    throw new Refusal(`expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`);
  }
  return {
    kind: 'fields',
    minute: parseField(minute, MINUTE),
    hour: parseField(hour, HOUR),
    dayOfMonth: parseField(dayOfMonth, DAY_OF_MONTH),
    month: parseField(month, MONTH),
    dayOfWeek: parseField(dayOfWeek, DAY_OF_WEEK),
  };
}

function parseField(field: string, bounds: Bounds): CronField {
  const ranges = field.split(',').filter((range) => range !== '').map((range) => parseRange(range, bounds));
  return {
    values: new Set(ranges.flatMap((range) => [...range.values])),
    star: ranges.some((range) => range.star),
  };
}

function parseRange(expression: string, bounds: Bounds): CronField {
  const [span = '', stepText, ...moreSlashes] = expression.split('/');
  const [low = '', high, ...moreHyphens] = span.split('-');
  const star = low === '*' || low === '?';
  const start = star ? BigInt(bounds.min) : parseIntOrName(low, bounds);
  if (!star && moreHyphens.length > 0) {
    throw new Refusal(`too many hyphens: ${expression}`);
  }
  let end = star ? BigInt(bounds.max) : high === undefined ? start : parseIntOrName(high, bounds);
  if (moreSlashes.length > 0) {
    throw new Refusal(`too many slashes: ${expression}`);
  }
  const step = stepText === undefined ? 1n : parseNonNegative(stepText);
  if (stepText !== undefined && high === undefined) {
    // "N/step" means "N-max/step".
    end = BigInt(bounds.max);
  }
  checkRange(expression, start, end, step, bounds);
  return { values: valuesOf(Number(start), Number(end), Number(step)), star: star && step === 1n };
}

function checkRange(expression: string, start: bigint, end: bigint, step: bigint, { min, max }: Bounds): void {
  if (start < BigInt(min)) {
    throw new Refusal(`beginning of range (${String(start)}) below minimum (${min}): ${expression}`);
  }
  if (end > BigInt(max)) {
    throw new Refusal(`end of range (${String(end)}) above maximum (${max}): ${expression}`);
  }
  if (start > end) {
    throw new Refusal(`beginning of range (${String(start)}) beyond end of range (${String(end)}): ${expression}`);
  }
  if (step === 0n) {
    throw new Refusal(`step of range should be a positive number: ${expression}`);
  }
}

function valuesOf(start: number, end: number, step: number): ReadonlySet<number> {
  const values = new Set<number>();
  for (let value = start; value <= end; value += step) {
    values.add(value);
  }
  return values;
}

function parseIntOrName(text: string, bounds: Bounds): bigint {
  const name = text.toLowerCase();
  const named = bounds.names !== undefined && Object.hasOwn(bounds.names, name) ? bounds.names[name] : undefined;
  return named === undefined ? parseNonNegative(text) : BigInt(named);
}

function parseNonNegative(text: string): bigint {
  if (!/^[+-]?[0-9]+$/.test(text)) {
    throw new Refusal(`failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  }
  const number = BigInt(text.replace('+', ''));
  if (number > MAX_INT64 || number < -MAX_INT64 - 1n) {
    throw new Refusal(`failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: value out of range`);
  }
  if (number < 0n) {
    throw new Refusal(`negative number (${String(number)}) not allowed: ${text}`);
  }
  return number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The first run after the instant (both ms since the epoch, UTC); undefined when none falls within the five calendar years that robfig searches. */
export function nextRun(schedule: CronSchedule, afterMs: number): number | undefined {
  if (schedule.kind === 'every') {
    return Math.floor(afterMs / 1000) * 1000 + schedule.delayMs;
  }
  const earliest = (Math.floor(afterMs / MINUTE_MS) + 1) * MINUTE_MS;
  const lastDay = Date.UTC(new Date(afterMs).getUTCFullYear() + 5, 11, 31);
  const times = timesOfDay(schedule);
  if (times.length === 0) {
    return undefined;
  }
  for (let day = Math.floor(earliest / DAY_MS) * DAY_MS; day <= lastDay; day += DAY_MS) {
    const run = dayMatches(schedule, new Date(day)) ? times.find((time) => day + time >= earliest) : undefined;
    if (run !== undefined) {
      return day + run;
    }
  }
  return undefined;
}

/** The first `count` runs after the instant, in order. */
export function nextRuns(schedule: CronSchedule, afterMs: number, count: number): number[] {
  const runs: number[] = [];
  let run = nextRun(schedule, afterMs);
  while (run !== undefined && runs.length < count) {
    runs.push(run);
    run = nextRun(schedule, run);
  }
  return runs;
}

type Fields = Extract<CronSchedule, { kind: 'fields' }>;

/** Every minute of a matching day, as ms since its midnight, ascending. */
function timesOfDay(schedule: Fields): number[] {
  const minutes = [...schedule.minute.values].sort((a, b) => a - b);
  const hours = [...schedule.hour.values].sort((a, b) => a - b);
  return hours.flatMap((hour) => minutes.map((minute) => (hour * 60 + minute) * MINUTE_MS));
}

/** Cron's rule: two restricted day fields mean "either", otherwise both must match. */
function dayMatches(schedule: Fields, day: Date): boolean {
  const { dayOfMonth, dayOfWeek, month } = schedule;
  if (!month.values.has(day.getUTCMonth() + 1)) {
    return false;
  }
  const inMonth = dayOfMonth.values.has(day.getUTCDate());
  const inWeek = dayOfWeek.values.has(day.getUTCDay());
  return dayOfMonth.star || dayOfWeek.star ? inMonth && inWeek : inMonth || inWeek;
}
