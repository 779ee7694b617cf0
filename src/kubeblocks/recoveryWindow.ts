import { backupType, endOf, instant, startOf } from './backupState';
import { basesOf, leavesVolumesOut, leftOut, skipsBase, type Base, type LeftOut } from './bases';
import { componentOf, type ClusterEntry } from './clusterIndex';
import type { Inventory } from './inventory';
import { objectKey } from './inventory';
import type { BrokenChain } from './lineage';
import { chainOf, typeOf } from './lineage';
import type { ActionSet, Backup } from './objects';

/** A stretch of instants; both ends belong to it (whole seconds, ms since the epoch). */
export type WindowSegment = { readonly from: number; readonly to: number } & (
  | {
      readonly kind: 'recoverable';
      /** What is restored before the log; undefined where the engine needs no base. */
      readonly base: Backup | undefined;
    }
  | { readonly kind: 'unreachable'; readonly reason: 'noBase' }
  | { readonly kind: 'unreachable'; readonly reason: 'brokenChain'; readonly base: Backup; readonly broken: BrokenChain }
  | { readonly kind: 'unreachable'; readonly reason: 'incrementalBase' | LeftOut; readonly base: Backup }
  /** The log's targets do not all cover it. */
  | { readonly kind: 'unknown' }
);

export interface RecoveryWindow {
  readonly log: Backup;
  readonly component: string | undefined;
  /** The log's whole range. */
  readonly from: number;
  readonly to: number;
  /** In order, without holes, from `from` to `to`. */
  readonly segments: readonly WindowSegment[];
}

const SECOND = 1000;

/** Windows of all log backups of a cluster, the one that reaches furthest first. */
export function recoveryWindows(inventory: Inventory, entry: ClusterEntry): RecoveryWindow[] {
  return entry.backups
    .filter((backup) => backupType(backup) === 'Continuous')
    .flatMap((log) => recoveryWindow(inventory, log) ?? [])
    .sort((a, b) => b.to - a.to);
}

/**
 * The instants to which a log backup really restores: `BuildContinuousRestoreManager` of
 * `pkg/dataprotection/restore/manager.go`. The newest completed full or incremental backup that ended at or before the
 * instant, and not before the log began, is the base; there is no falling back to an older one.
 * Undefined while the log has no range yet.
 */
export function recoveryWindow(inventory: Inventory, log: Backup): RecoveryWindow | undefined {
  const from = startOf(log);
  const to = endOf(log);
  if (from === undefined || to === undefined || to < from) {
    return undefined;
  }
  return { log, component: componentOf(log), from, to, segments: withUnknown([...segmentsBackwards(inventory, log, from, to)].reverse(), log) };
}

/** The newest instant that can be restored from the log. */
export function recoveryReach(inventory: Inventory, log: Backup): number | undefined {
  const from = startOf(log);
  const to = endOf(log);
  if (from === undefined || to === undefined || to < from) {
    return undefined;
  }
  for (const segment of segmentsBackwards(inventory, log, from, to)) {
    const last = withUnknown([segment], log).findLast(({ kind }) => kind === 'recoverable');
    if (last !== undefined) {
      return last.to;
    }
  }
  return undefined;
}

/** The segment an instant falls into; undefined outside the log. Instants are judged by the second. */
export function segmentAt(window: RecoveryWindow, ms: number): WindowSegment | undefined {
  const second = Math.floor(ms / SECOND) * SECOND;
  return window.segments.find(({ from, to }) => from <= second && second <= to);
}

/** Stretches that can be restored, neighbours joined: what to offer and to print. */
export function recoverableRanges(segments: readonly { readonly kind: string; readonly from: number; readonly to: number }[]): { readonly from: number; readonly to: number }[] {
  const ranges: { from: number; to: number }[] = [];
  for (const { kind, from, to } of segments) {
    const last = ranges.at(-1);
    if (kind !== 'recoverable') {
      continue;
    }
    if (last !== undefined && last.to + SECOND >= from) {
      last.to = to;
    } else {
      ranges.push({ from, to });
    }
  }
  return ranges;
}

/** Newest first, so that who asks only how far the log reaches need not look at all. */
function* segmentsBackwards(inventory: Inventory, log: Backup, from: number, to: number): Generator<WindowSegment, void, undefined> {
  const actionSet = inventory.actionSets.items.get(objectKey(undefined, log.status?.backupMethod?.actionSetName ?? ''));
  if (actionSet?.spec?.restore?.baseBackupRequired === false) {
    yield { kind: 'recoverable', from, to, base: undefined };
    return;
  }
  const bases = basesOf(inventory, log);
  const leavesVolumes = leavesVolumesOut(log.status?.backupMethod, actionSet);
  let until = to;
  for (let index = bases.length - 1; index >= 0; index -= 1) {
    const base = bases[index];
    if (base === undefined || base.end > to) {
      continue;
    }
    if (base.end < from) {
      break;
    }
    const reason = leftOut(inventory, base, leavesVolumes);
    const range = { from: base.end, to: until };
    yield reason === undefined ? segmentOn(inventory, base, actionSet, range) : { kind: 'unreachable', reason, ...range, base: base.backup };
    until = base.end - SECOND;
  }
  if (until === to || until >= from) {
    yield { kind: 'unreachable', reason: 'noBase', from, to: until };
  }
}

function segmentOn(inventory: Inventory, newest: Base, logActionSet: ActionSet | undefined, range: { from: number; to: number }): WindowSegment {
  const { backup: base } = newest;
  if (typeOf(inventory, base) !== 'Incremental') {
    return { kind: 'recoverable', ...range, base };
  }
  if (skipsBase(logActionSet)) {
    return { kind: 'unreachable', reason: 'incrementalBase', ...range, base };
  }
  const { broken } = chainOf(inventory, base);
  return broken === undefined ? { kind: 'recoverable', ...range, base } : { kind: 'unreachable', reason: 'brokenChain', ...range, base, broken };
}

/**
 * With several targets only what all of them cover, from the base on, is certain; the API merges their ranges without
 * saying how.
 */
function withUnknown(segments: WindowSegment[], log: Backup): WindowSegment[] {
  const ranges = (log.status?.actions ?? []).flatMap(({ timeRange }) => {
    const from = instant(timeRange?.start);
    const to = instant(timeRange?.end);
    return from === undefined || to === undefined ? [] : [{ from, to }];
  });
  if (ranges.length < 2) {
    return segments;
  }
  const from = Math.max(...ranges.map((range) => range.from));
  const to = Math.min(...ranges.map((range) => range.to));
  return segments.flatMap((segment) => (segment.kind === 'recoverable' ? splitAt(segment, from, to) : [segment]));
}

function splitAt(segment: WindowSegment & { readonly kind: 'recoverable' }, from: number, to: number): WindowSegment[] {
  const base = segment.base === undefined ? undefined : endOf(segment.base);
  if (base !== undefined && base < from) {
    return [{ kind: 'unknown', from: segment.from, to: segment.to }];
  }
  const pieces: WindowSegment[] = [
    { kind: 'unknown', from: segment.from, to: Math.min(segment.to, from - SECOND) },
    { ...segment, from: Math.max(segment.from, from), to: Math.min(segment.to, to) },
    { kind: 'unknown', from: Math.max(segment.from, to + SECOND, from), to: segment.to },
  ];
  return pieces.filter((piece) => piece.from <= piece.to);
}
