import type { FactKind, Facts } from './facts/facts';
import { isStillAnswered, type Lookup } from './facts/lookups';
import { createSurroundings, type Surroundings } from './facts/surroundings';
import type { ManifestFinding } from './manifestFinding';
import type { ManifestObject } from './manifestObject';
import type { RuleTable } from './rules/ruleTable';

/** What was found in an object, and the answers the rules got: it stays true as long as those do. */
export interface Judged {
  readonly findings: readonly ManifestFinding[];
  readonly lookups: readonly Lookup[];
  /** The kinds that were asked for. */
  readonly kinds: ReadonlySet<FactKind>;
  readonly table: RuleTable;
}

const known = new WeakMap<ManifestObject, Judged>();

/** The run that was finished last with a table: of its objects everything is known to be true. */
interface Finished {
  readonly objects: readonly ManifestObject[];
  readonly judged: readonly Judged[];
  readonly facts: Facts;
  readonly around: Surroundings;
}

const lastRuns = new WeakMap<RuleTable, { readonly begun: number; readonly finished?: Finished }>();

export interface Run {
  readonly around: Surroundings;
  /** What is known already of the object at this place; undefined where it is to be judged. */
  readonly known: (index: number) => Judged | undefined;
  readonly remember: (index: number, lookups: readonly Lookup[], findings: readonly ManifestFinding[]) => Judged;
  /** `judged`: of each object, in order. */
  readonly end: (judged: readonly Judged[]) => void;
}

/**
 * Between two runs over a file mostly one object changes: only who asked for its kind has to ask again. A run that
 * another has overtaken leaves nothing behind.
 */
export function beginRun(objects: readonly ManifestObject[], facts: Facts, table: RuleTable): Run {
  const last = lastRuns.get(table);
  const before = last?.finished !== undefined && isSameList(last.finished.facts, facts) ? last.finished : undefined;
  const change = before === undefined ? undefined : changeBetween(before.objects, objects);
  const around = createSurroundings(objects, facts, before !== undefined && change !== undefined ? { around: before.around, except: change.kinds } : undefined);
  const begun = (last?.begun ?? 0) + 1;
  lastRuns.set(table, { begun });
  const isLatest = (): boolean => lastRuns.get(table)?.begun === begun;
  const isAsSure = (kind: FactKind): boolean => change?.kinds.has(kind) === false && isLatest();
  return {
    around,
    known(index) {
      const place = change?.placeBefore(index);
      const stayed = place === undefined ? undefined : before?.judged[place];
      if (stayed !== undefined && every(stayed.kinds, isAsSure)) return stayed;
      const object = objects[index];
      const same = object === undefined ? undefined : known.get(object);
      return same?.table === table && same.lookups.every((lookup) => isAsSure(lookup.kind) || isStillAnswered(lookup, around)) ? same : undefined;
    },
    remember(index, lookups, findings) {
      const judged = { table, lookups, findings, kinds: lookups.length === 0 ? NO_KINDS : new Set(lookups.map(({ kind }) => kind)) };
      const object = objects[index];
      if (object !== undefined && isLatest()) known.set(object, judged);
      return judged;
    },
    end(judged) {
      if (isLatest()) lastRuns.set(table, { begun, finished: { objects, judged, facts, around } });
    },
  };
}

const NO_KINDS: ReadonlySet<FactKind> = new Set();

interface Change {
  /** Of what came, went or moved. */
  readonly kinds: ReadonlySet<string>;
  /** Where an object stood that did not change; undefined for one that did. */
  readonly placeBefore: (index: number) => number | undefined;
}

/** Undefined where the lists have too little in common to tell what stayed. */
function changeBetween(before: readonly ManifestObject[], now: readonly ManifestObject[]): Change | undefined {
  let head = 0;
  while (head < now.length && head < before.length && before[head] === now[head]) head += 1;
  const most = Math.min(before.length, now.length) - head;
  let tail = 0;
  while (tail < most && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  if (head + tail === 0) return undefined;
  const changed = [...before.slice(head, before.length - tail), ...now.slice(head, now.length - tail)];
  return {
    kinds: new Set(changed.map(({ kind }) => kind)),
    placeBefore: (index) => (index < head ? index : index >= now.length - tail ? index + before.length - now.length : undefined),
  };
}

function every<T>(values: ReadonlySet<T>, holds: (value: T) => boolean): boolean {
  for (const value of values) if (!holds(value)) return false;
  return true;
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}
