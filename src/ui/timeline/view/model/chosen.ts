import * as l10n from '@vscode/l10n';
import { ageText, exactDurationText, localAndUtcText, untilText, type TimeContext } from '../../../../kubeblocks/timeText';
import type { ComponentData, StretchKind, StretchRow } from '../../timelineData';

/** What there is to say of the chosen instant. */
export interface Chosen {
  readonly at: number;
  readonly kind: StretchKind | 'outside';
  /** The instant itself. */
  readonly time: string;
  /** Whether it can be restored, in a few words. */
  readonly verdict: string;
  /** What would be used, or why not; a sentence. */
  readonly why: string;
  /** The log backup that a restore to it reads; undefined where none may be asked for. */
  readonly log: string | undefined;
}

const SECOND = 1000;

export function chosenAt(component: ComponentData, at: number, time: TimeContext): Chosen {
  const row = rowAt(component.stretches, at);
  const age = at > time.now ? untilText(at, time) : ageText(at, time);
  const common = { at, time: l10n.t('{0}, {1}', localAndUtcText(at, time), age) };
  if (row === undefined) {
    return { ...common, kind: 'outside', verdict: l10n.t('Cannot be restored'), why: outsideText(component, at), log: undefined };
  }
  const [, , kind, log, base, replayFrom, restores, why] = row;
  const logName = component.logs[log]?.[0] ?? '';
  if (kind === 'recoverable') {
    return { ...common, kind, verdict: l10n.t('Can be restored'), why: usedText(component.bases[base], logName, at - replayFrom, time), log: logName };
  }
  const verdict = kind === 'unknown' ? l10n.t('Not known whether it can be restored') : l10n.t('Cannot be restored');
  return { ...common, kind, verdict, why: l10n.t('Because {0}.', why), log: restores ? logName : undefined };
}

/** For a screen reader: one sentence after the other. */
export function spokenText({ time, verdict, why }: Chosen): string {
  return l10n.t('{0}. {1}. {2}', time, verdict, why);
}

function usedText(base: ComponentData['bases'][number] | undefined, log: string, replayed: number, time: TimeContext): string {
  if (base === undefined) {
    return l10n.t('Log {0} alone, {1} of it to replay.', log, exactDurationText(replayed));
  }
  const [name, end, type] = base;
  return replayed === 0
    ? l10n.t('Base {0} ({1}), which ended in this second; nothing of log {2} to replay.', name, type, log)
    : l10n.t('Base {0} ({1}), ended {2}, then {3} of log {4} to replay.', name, type, localAndUtcText(end, time), exactDurationText(replayed), log);
}

function outsideText({ stretches, logs }: ComponentData, at: number): string {
  const [first, last] = [stretches[0], stretches.at(-1)];
  if (first === undefined || last === undefined) {
    return l10n.t('No log backup has archived anything.');
  }
  const log = logs[last[3]]?.[0] ?? '';
  return at < first[0] ? l10n.t('It is before the first log backup began.') : l10n.t('Log {0} has not archived it yet.', log);
}

/** The stretch an instant falls into. */
export function rowAt(stretches: readonly StretchRow[], at: number): StretchRow | undefined {
  const row = stretches[firstEndingFrom(stretches, at)];
  return row !== undefined && row[0] <= at ? row : undefined;
}

/** The place of the first stretch that ends at or after an instant. */
export function firstEndingFrom(stretches: readonly StretchRow[], at: number): number {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.[1] ?? Infinity) < at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** The newest instant that can be restored, else the newest that is known of. */
export function newestInstant({ stretches }: ComponentData): number | undefined {
  return (stretches.findLast(([, , kind]) => kind === 'recoverable') ?? stretches.at(-1))?.[1];
}

export function oldestInstant({ stretches }: ComponentData): number | undefined {
  return (stretches.find(([, , kind]) => kind === 'recoverable') ?? stretches[0])?.[0];
}

/**
 * The next recovery point in a direction: where what is restored changes, that is the end of a base backup or of a
 * stretch that can be restored.
 */
export function recoveryPoint({ stretches }: ComponentData, at: number, direction: 1 | -1): number | undefined {
  for (let index = firstEndingFrom(stretches, at) - 1; index < stretches.length && direction > 0; index += 1) {
    const point = pointsOf(stretches, index).find((each) => each > at);
    if (point !== undefined) {
      return point;
    }
  }
  for (let index = Math.min(firstEndingFrom(stretches, at), stretches.length - 1); index >= 0 && direction < 0; index -= 1) {
    const point = pointsOf(stretches, index).findLast((each) => each < at);
    if (point !== undefined) {
      return point;
    }
  }
  return undefined;
}

function pointsOf(stretches: readonly StretchRow[], index: number): readonly number[] {
  const [row, next] = [stretches[index], stretches[index + 1]];
  if (row === undefined || row[2] !== 'recoverable') {
    return [];
  }
  const goesOn = next !== undefined && next[2] === 'recoverable' && next[0] === row[1] + SECOND;
  return goesOn ? [row[0]] : [row[0], row[1]];
}
