import * as l10n from '@vscode/l10n';
import { GO_SPACE } from './cron';

/**
 * Retention periods (`7d`, `1y2mo`, empty): the grammar of `apis/apps/v1/retention_period.go` and, before 1.2,
 * `apis/dataprotection/v1alpha1/types.go`. Units may come in any order; a repeated unit replaces the earlier one.
 */
export type Retention =
  /** `ms` is 0 (or, from old controllers, negative); 0 means "keep for ever". */
  { readonly ok: true; readonly ms: number } | { readonly ok: false; readonly error: string };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const UNIT_MS: Readonly<Record<string, number>> = {
  mo: 30 * DAY_MS,
  y: 365 * DAY_MS,
  w: 7 * DAY_MS,
  d: DAY_MS,
  h: HOUR_MS,
  m: MINUTE_MS,
};

const INVALID = 'invalid duration provided';

/**
 * @param options.allowNegative 1.0 and older take `-7d` (and delete the backup at once); 1.2 refuses it.
 * @returns the length, or the text the controller would put into `status.failureReason`.
 */
export function parseRetention(text: string, options: { readonly allowNegative?: boolean } = {}): Retention {
  const amounts = new Map<string, number>();
  const token = options.allowNegative ? /^(-?\d+)(mo|[ywdhm])/ : /^(\d+)(mo|[ywdhm])/;
  let rest = text.split(GO_SPACE).filter((part) => part !== '').join(' ');
  while (rest !== '') {
    const [whole, digits, unit] = token.exec(rest) ?? [];
    if (whole === undefined || digits === undefined || unit === undefined) {
      return { ok: false, error: INVALID };
    }
    if (BigInt.asIntN(64, BigInt(digits)) !== BigInt(digits)) {
      return { ok: false, error: `strconv.Atoi: parsing "${digits}": value out of range` };
    }
    amounts.set(unit, Number(digits));
    rest = rest.slice(whole.length);
  }
  return { ok: true, ms: [...amounts].reduce((sum, [unit, amount]) => sum + amount * (UNIT_MS[unit] ?? 0), 0) };
}

/** Ms. The controllers count in nanoseconds, in 63 bits (`ToDuration`). */
const LONGEST_MS = 2 ** 63 / 1_000_000;

/** What comes of a period that is read, and longer than the controllers can count; undefined where it is not. */
export function tooLongRetention(text: string): string | undefined {
  const parsed = parseRetention(text);
  return parsed.ok && parsed.ms >= LONGEST_MS
    ? l10n.t('"{0}" is longer than KubeBlocks can count (292 years): the time turns negative or into another one, and a backup may be deleted as soon as it is complete. Leave it empty to keep backups for ever.', text)
    : undefined;
}

/** When a backup that ended (or, unfinished, began) at the instant is removed; undefined when it is kept for ever. */
export function expiryOf(retention: string | undefined, fromMs: number): number | undefined {
  const parsed = parseRetention(retention ?? '');
  return parsed.ok && parsed.ms > 0 ? fromMs + parsed.ms : undefined;
}
