import { actionSetType, backupState, backupType, endOf, instant, startOf } from './backupState';
import { basesOf, leavesVolumesOut, leftOut, skipsBase, type Base, type LeftOut } from './bases';
import { componentOf, type ClusterEntry } from './clusterIndex';
import type { Inventory } from './inventory';
import { objectKey } from './inventory';
import type { BrokenChain } from './lineage';
import { chainJudge } from './lineage';
import type { LogState } from './logState';
import { logStateOf } from './logState';
import type { Backup } from './objects';
import { scheduleRows, type ScheduleRow } from './schedules';
import { windowCut, type WindowCut } from './windowCut';

/** Everything that can, and cannot, be restored of a cluster to a point in time. */
export interface ClusterWindow {
  /** The instant it is true for, ms since the epoch. */
  readonly now: number;
  /** One for each component with a log backup, by name; each is restored by itself. */
  readonly components: readonly ComponentWindow[];
}

export interface ComponentWindow {
  readonly component: string | undefined;
  /** By their beginning. */
  readonly logs: readonly WindowLog[];
  /** Completed backups that a log can start from, by end. */
  readonly bases: readonly Base[];
  /** In order, none overlapping, neighbours differing. Outside them no log says anything. */
  readonly stretches: readonly Stretch[];
  readonly state: LogState;
  /** What the next expiry takes from the beginning of the window. */
  readonly cut: WindowCut | undefined;
  readonly notes: readonly WindowNote[];
}

/** A log backup and what it holds; whole seconds, ms since the epoch, both ends included. */
export interface WindowLog {
  readonly backup: Backup;
  readonly from: number;
  readonly to: number;
  /** What each target holds, where the API tells more than one apart. */
  readonly targets: readonly TargetRange[];
  /** The engine restores a base backup first. */
  readonly needsBase: boolean;
  /** Base and log are restored in one job, which an incremental base cannot be part of. */
  readonly skipsBase: boolean;
  /** Bases that fill volumes are left out. */
  readonly leavesVolumes: boolean;
}

export interface TargetRange {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Instants that are alike; both ends belong to it (whole seconds, ms since the epoch). */
export type Stretch = { readonly from: number; readonly to: number } & Verdict;

export type Verdict =
  /** `replayFrom`: where the log begins to be replayed. */
  | { readonly kind: 'recoverable'; readonly log: Backup; readonly base: Backup | undefined; readonly replayFrom: number }
  | { readonly kind: 'unreachable'; readonly reason: 'noBase'; readonly log: Backup }
  | { readonly kind: 'unreachable'; readonly reason: 'brokenChain'; readonly log: Backup; readonly base: Backup; readonly broken: BrokenChain }
  | { readonly kind: 'unreachable'; readonly reason: 'incrementalBase' | LeftOut; readonly log: Backup; readonly base: Backup }
  /** The log backup was switched off and the log was not archived since. */
  | { readonly kind: 'unreachable'; readonly reason: 'logOff'; readonly log: Backup }
  /** Not all targets of the log cover the way from the base to it. */
  | { readonly kind: 'unknown'; readonly reason: 'targets'; readonly log: Backup }
  /** One log backup had ended and the next had not begun. */
  | { readonly kind: 'unknown'; readonly reason: 'between'; readonly log: Backup; readonly next: Backup }
  | { readonly kind: 'unknown'; readonly reason: 'failed' | 'silent' | 'starting'; readonly log: Backup };

/** What a reader of the window should know besides. */
export type WindowNote =
  | { readonly kind: 'intersection'; readonly log: Backup; readonly targets: number }
  /** Several targets, of which the API gives one range. */
  | { readonly kind: 'oneRange'; readonly log: Backup; readonly targets: number }
  | { readonly kind: 'failedLog' | 'emptyLog' | 'deletedLog'; readonly log: Backup }
  /** Without it, it is taken for one that needs a base. */
  | { readonly kind: 'actionSetUnknown'; readonly log: Backup; readonly actionSet: string }
  /** The log ends later than the clock that is asked: clocks differ. */
  | { readonly kind: 'ahead'; readonly log: Backup; readonly byMs: number }
  /** Backups cannot be listed in full. */
  | { readonly kind: 'incomplete' };

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/**
 * The instants to which a cluster can really be restored, over all its log backups. An instant counts as recoverable
 * where the restore controller takes it for one of them: see `recoveryWindow` for the rule. Where several do, the one
 * that replays least is chosen. What the API cannot say (a log that is silent, failed or was replaced) is unknown.
 */
export function clusterWindow(inventory: Inventory, entry: ClusterEntry, now: number): ClusterWindow {
  const logs = entry.backups.filter((backup) => backupType(backup) === 'Continuous');
  const components = [...new Set(logs.map(componentOf))].sort((a = '', b = '') => (a < b ? -1 : 1));
  const rows = components.length === 0 ? [] : scheduleRows(inventory, { ...entry, backups: [] }, now);
  return {
    now,
    components: components.map((component) =>
      componentWindow({ inventory, entry, rows, now }, component, logs.filter((log) => componentOf(log) === component)),
    ),
  };
}

/** The stretch an instant falls into, judged by the second; undefined where no log says anything. */
export function stretchAt(stretches: readonly Stretch[], ms: number): Stretch | undefined {
  const second = wholeSecond(ms);
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.to ?? Infinity) < second) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const found = stretches[low];
  return found !== undefined && found.from <= second ? found : undefined;
}

interface Setting {
  readonly inventory: Inventory;
  readonly entry: ClusterEntry;
  readonly rows: readonly ScheduleRow[];
  readonly now: number;
}

function componentWindow(setting: Setting, component: string | undefined, backups: readonly Backup[]): ComponentWindow {
  const { inventory, entry, rows, now } = setting;
  const judge = baseJudge(inventory);
  const { logs, tracks, whole } = past(setting, component, backups, judge);
  const state = logStateOf(entry, component, { rows, now });
  const last = logs.reduce<WindowLog | undefined>((furthest, log) => (furthest === undefined || log.to >= furthest.to ? log : furthest), undefined);
  const stretches = last === undefined ? [] : whole.concat(tail(last, state, now));
  return {
    component,
    logs,
    bases: mostBases(tracks),
    stretches,
    state,
    cut: windowCut(inventory, {
      first: stretches.find(({ kind }) => kind === 'recoverable'),
      tracks,
      restores: (log, base, from) => judged(log, base, { from, to: from }, judge).kind === 'recoverable',
    }),
    notes: [...(inventory.backups.state.state === 'ready' ? [] : [{ kind: 'incomplete' } as const]), ...backups.flatMap((backup) => notesOn(inventory, backup, now))],
  };
}

/** What the backups say, whatever the time is. */
interface Past {
  readonly logs: readonly WindowLog[];
  readonly tracks: readonly Track[];
  readonly whole: readonly Stretch[];
  /** What it was made from beside the backups of the cluster: where no chain is followed, no others. */
  readonly madeFrom: { readonly line: unknown; readonly actionSets: unknown; readonly others: unknown };
}

const PASTS = new WeakMap<readonly Backup[], Map<string | undefined, Past>>();

/** The same for as long as nothing changed that it is made from: time goes on more often. */
function past({ inventory, entry }: Setting, component: string | undefined, backups: readonly Backup[], judge: BaseJudge): Past {
  const known = PASTS.get(entry.backups) ?? new Map<string | undefined, Past>();
  PASTS.set(entry.backups, known);
  const before = known.get(component);
  if (before?.madeFrom.line === inventory.line && before?.madeFrom.actionSets === inventory.actionSets.items && (before.madeFrom.others === undefined || before.madeFrom.others === inventory.backups.items)) {
    return before;
  }
  const logs = backups.flatMap((backup) => windowLog(inventory, backup) ?? []).sort((a, b) => a.from - b.from || a.to - b.to);
  const tracks = tracksOf(inventory, logs);
  const hasChains = tracks.some(({ bases }) => bases.some((base) => judge.isIncremental(base)));
  const madeFrom = { line: inventory.line, actionSets: inventory.actionSets.items, others: hasChains ? inventory.backups.items : undefined };
  const made = { logs, tracks, whole: withHoles(sweep(tracks, judge), logs), madeFrom };
  known.set(component, made);
  return made;
}

function windowLog(inventory: Inventory, backup: Backup): WindowLog | undefined {
  const [from, to] = [startOf(backup), endOf(backup)];
  if (from === undefined || to === undefined || to < from || backupState(backup) === 'deleting') {
    return undefined;
  }
  const method = backup.status?.backupMethod;
  const actionSet = inventory.actionSets.items.get(objectKey(undefined, method?.actionSetName ?? ''));
  return {
    backup,
    from: wholeSecond(from),
    to: wholeSecond(to),
    targets: targetRanges(backup),
    needsBase: actionSet?.spec?.restore?.baseBackupRequired !== false,
    skipsBase: skipsBase(actionSet),
    leavesVolumes: leavesVolumesOut(method, actionSet),
  };
}

function actionSetName(backup: Backup): string {
  return backup.status?.backupMethod?.actionSetName ?? '';
}

/** Nothing for a single target: its range is the log's. */
function targetRanges({ status }: Backup): readonly TargetRange[] {
  const ranges = (status?.actions ?? []).flatMap(({ timeRange, targetPodName, name }, index): TargetRange[] => {
    const [from, to] = [instant(timeRange?.start), instant(timeRange?.end)];
    const target = status?.targets?.[index]?.name ?? targetPodName ?? name ?? String(index + 1);
    return from === undefined || to === undefined ? [] : [{ name: target, from: wholeSecond(from), to: wholeSecond(to) }];
  });
  return ranges.length < 2 ? [] : ranges;
}

/** Logs that start from the same bases in the same way. */
export interface Track {
  /** By their beginning. */
  readonly logs: readonly WindowLog[];
  readonly bases: readonly Base[];
  readonly needsBase: boolean;
  readonly skipsBase: boolean;
}

function tracksOf(inventory: Inventory, logs: readonly WindowLog[]): readonly Track[] {
  const tracks: (Track & { readonly logs: WindowLog[] })[] = [];
  for (const log of logs) {
    const { needsBase, skipsBase } = log;
    const bases = needsBase ? basesOf(inventory, log.backup) : NO_BASES;
    const known = tracks.find((track) => track.bases === bases && track.needsBase === needsBase && track.skipsBase === skipsBase);
    if (known === undefined) {
      tracks.push({ logs: [log], bases, needsBase, skipsBase });
    } else {
      known.logs.push(log);
    }
  }
  return tracks;
}

const NO_BASES: readonly Base[] = [];

/** Verdicts over all that the logs cover, from border to border, in which nothing changes. */
function sweep(tracks: readonly Track[], judge: BaseJudge): readonly Stretch[] {
  const borders = bordersOf(tracks);
  const ended = tracks.map(() => 0);
  const stretches: Stretch[] = [];
  for (let index = 0; index + 1 < borders.length; index += 1) {
    const from = borders[index] ?? 0;
    const next = borders[index + 1] ?? from;
    if (from === next) {
      continue;
    }
    const span = { from, to: next - SECOND };
    let best: Stretch | undefined;
    for (const [number, track] of tracks.entries()) {
      const count = endedBy(track.bases, ended[number] ?? 0, from);
      ended[number] = count;
      best = better(best, bestOf(track, track.bases[count - 1], span, judge));
    }
    if (best !== undefined) {
      append(stretches, best);
    }
  }
  return stretches;
}

/** How many bases ended by then, counted on from an earlier instant. */
function endedBy(bases: readonly Base[], count: number, at: number): number {
  let ended = count;
  while ((bases[ended]?.end ?? Infinity) <= at) {
    ended += 1;
  }
  return ended;
}

/** Where something begins, or the second after it ended. */
function bordersOf(tracks: readonly Track[]): readonly number[] {
  const ranges = tracks.flatMap(({ logs }) => logs.flatMap((log) => [log, ...log.targets]));
  const borders = ranges.flatMap(({ from, to }) => [from, to + SECOND]);
  const [first, last] = [Math.min(...borders), Math.max(...borders)];
  for (const { bases } of tracks) {
    for (const { end } of bases) {
      if (first < end && end < last) {
        borders.push(wholeSecond(end));
      }
    }
  }
  return borders.sort((a, b) => a - b);
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** What the controller says of a span in which nothing changes: of the logs that can restore it the last to begin, which replays least. */
function bestOf({ logs }: Track, newest: Base | undefined, span: Span, judge: BaseJudge): Stretch | undefined {
  let best: Stretch | undefined;
  for (let index = logs.length - 1; index >= 0 && best?.kind !== 'recoverable'; index -= 1) {
    const log = logs[index];
    if (log !== undefined && log.from <= span.from && span.from <= log.to) {
      best = better(judged(log, newest, span, judge), best);
    }
  }
  return best;
}

function judged(range: WindowLog, newest: Base | undefined, { from, to }: Span, judge: BaseJudge): Stretch {
  const log = range.backup;
  if (!range.needsBase) {
    return isCovered(range.targets, from, from) ? { from, to, kind: 'recoverable', log, base: undefined, replayFrom: range.from } : { from, to, kind: 'unknown', reason: 'targets', log };
  }
  if (newest === undefined || newest.end < range.from) {
    return { from, to, kind: 'unreachable', reason: 'noBase', log };
  }
  const { backup: base, end } = newest;
  const reason = judge.leftOut(newest, range.leavesVolumes);
  if (reason !== undefined) {
    return { from, to, kind: 'unreachable', reason, log, base };
  }
  if (judge.isIncremental(newest)) {
    if (range.skipsBase) {
      return { from, to, kind: 'unreachable', reason: 'incrementalBase', log, base };
    }
    const broken = judge.broken(base);
    if (broken !== undefined) {
      return { from, to, kind: 'unreachable', reason: 'brokenChain', log, base, broken };
    }
  }
  return isCovered(range.targets, end, from) ? { from, to, kind: 'recoverable', log, base, replayFrom: end } : { from, to, kind: 'unknown', reason: 'targets', log };
}

/** Every target's log is there from the first instant that is replayed to the one that is wanted. */
function isCovered(targets: readonly TargetRange[], replayFrom: number, at: number): boolean {
  return targets.every(({ from, to }) => from <= replayFrom && at <= to);
}

/** What is asked of each base. */
interface BaseJudge {
  readonly leftOut: (base: Base, leavesVolumes: boolean) => LeftOut | undefined;
  readonly isIncremental: (base: Base) => boolean;
  readonly broken: (base: Backup) => BrokenChain | undefined;
}

/** Bases are many, action sets few. */
function baseJudge(inventory: Inventory): BaseJudge {
  const byActionSet = new Map<string, boolean>();
  const isIncremental = ({ type, actionSet: name = '' }: Base): boolean => {
    const known = byActionSet.get(name);
    if (known !== undefined) {
      return known;
    }
    const actionSet = inventory.actionSets.items.get(objectKey(undefined, name));
    if (actionSet === undefined) {
      return type === 'Incremental';
    }
    const answer = actionSetType(actionSet) === 'Incremental';
    byActionSet.set(name, answer);
    return answer;
  };
  return { leftOut: (base, leavesVolumes) => leftOut(inventory, base, leavesVolumes), isIncremental, broken: chainJudge(inventory) };
}

const ORDER = { recoverable: 0, unknown: 1, unreachable: 2 } as const;

/** What can be done with one log can be done; of two that can, the one with less to replay. The later log on a tie. */
function better(a: Stretch | undefined, b: Stretch | undefined): Stretch | undefined {
  if (a === undefined || (b !== undefined && ORDER[b.kind] < ORDER[a.kind])) {
    return b;
  }
  if (b === undefined || ORDER[b.kind] > ORDER[a.kind]) {
    return a;
  }
  return a.kind === 'recoverable' && b.kind === 'recoverable' && b.replayFrom < a.replayFrom ? a : b;
}

function append(stretches: Stretch[], stretch: Stretch): void {
  const last = stretches.at(-1);
  if (last !== undefined && last.to + SECOND === stretch.from && isAlike(last, stretch)) {
    stretches[stretches.length - 1] = { ...last, to: stretch.to };
  } else {
    stretches.push(stretch);
  }
}

function isAlike(a: Verdict, b: Verdict): boolean {
  return a.kind === b.kind && a.log === b.log && reasonOf(a) === reasonOf(b) && baseOf(a) === baseOf(b);
}

function reasonOf(verdict: Verdict): string {
  return verdict.kind === 'recoverable' ? '' : verdict.reason;
}

function baseOf(verdict: Verdict): Backup | undefined {
  return 'base' in verdict ? verdict.base : undefined;
}

/** Between two logs of which none reaches the other nothing is known. */
function withHoles(stretches: readonly Stretch[], logs: readonly WindowLog[]): readonly Stretch[] {
  const whole: Stretch[] = [];
  for (const stretch of stretches) {
    const before = whole.at(-1);
    if (before !== undefined && before.to + SECOND !== stretch.from) {
      const log = logs.find(({ to }) => to === before.to)?.backup ?? before.log;
      const next = logs.find(({ from }) => from === stretch.from)?.backup ?? stretch.log;
      whole.push({ kind: 'unknown', reason: 'between', log, next, from: before.to + SECOND, to: stretch.from - SECOND });
    }
    whole.push(stretch);
  }
  return whole;
}

/** From the last instant archived until now: nothing while the log keeps up. */
function tail({ backup, to }: WindowLog, state: LogState, now: number): readonly Stretch[] {
  const range = { from: to + SECOND, to: wholeSecond(now) };
  if (range.to < range.from || state.kind === 'running') {
    return [];
  }
  switch (state.kind) {
    case 'off':
      return [{ ...range, kind: 'unreachable', reason: 'logOff', log: backup }];
    case 'starting':
      return [{ ...range, kind: 'unknown', reason: 'starting', log: backup }];
    case 'stopped':
      return [{ ...range, kind: 'unknown', reason: backupState(state.backup ?? backup) === 'failed' ? 'failed' : 'silent', log: backup }];
  }
}

/** Logs of one component share their bases. */
function mostBases(tracks: readonly Track[]): readonly Base[] {
  return tracks.reduce<readonly Base[]>((most, { bases }) => (bases.length > most.length ? bases : most), []);
}

function notesOn(inventory: Inventory, log: Backup, now: number): readonly WindowNote[] {
  const notes: WindowNote[] = [];
  const known = windowLog(inventory, log);
  const state = backupState(log);
  if (known === undefined) {
    return [{ kind: state === 'deleting' ? 'deletedLog' : 'emptyLog', log }];
  }
  if (state === 'failed') {
    notes.push({ kind: 'failedLog', log });
  }
  const targets = Math.max(log.status?.targets?.length ?? 1, known.targets.length);
  if (targets > 1) {
    notes.push({ kind: known.targets.length > 1 ? 'intersection' : 'oneRange', log, targets });
  }
  if (!inventory.actionSets.items.has(objectKey(undefined, actionSetName(log)))) {
    notes.push({ kind: 'actionSetUnknown', log, actionSet: actionSetName(log) });
  }
  if (known.to > now + MINUTE) {
    notes.push({ kind: 'ahead', log, byMs: known.to - now });
  }
  return notes;
}

function wholeSecond(ms: number): number {
  return Math.floor(ms / SECOND) * SECOND;
}
