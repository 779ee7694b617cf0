import type { Facts } from './facts/facts';
import { isStillAnswered, type Lookup } from './facts/lookups';
import type { Surroundings } from './facts/surroundings';
import type { ManifestFinding } from './manifestFinding';
import type { ManifestObject } from './manifestObject';
import type { RuleTable } from './rules/ruleTable';

/** What was found in an object, and the answers the rules got: it stays true as long as those do. */
interface Judged {
  readonly table: RuleTable;
  readonly lookups: readonly Lookup[];
  readonly findings: readonly ManifestFinding[];
}

const judged = new WeakMap<ManifestObject, Judged>();

/** The run that was finished last with a table: of its objects everything is known to be true. */
interface LastRun {
  readonly begun: number;
  readonly finished?: { readonly objects: readonly ManifestObject[]; readonly facts: Facts };
}

const lastRuns = new WeakMap<RuleTable, LastRun>();

export interface Run {
  /** What is known already; undefined where the object is to be judged. */
  readonly findingsOf: (object: ManifestObject, around: Surroundings) => readonly ManifestFinding[] | undefined;
  readonly remember: (object: ManifestObject, lookups: readonly Lookup[], findings: readonly ManifestFinding[]) => void;
  readonly end: () => void;
}

/**
 * Between two runs over a file mostly one object changes: only who asked for its kind has to ask again. A run that
 * another has overtaken leaves nothing behind.
 */
export function beginRun(objects: readonly ManifestObject[], facts: Facts, table: RuleTable): Run {
  const last = lastRuns.get(table);
  const changed = last?.finished === undefined || !isSameList(last.finished.facts, facts) ? undefined : changedKinds(last.finished.objects, objects);
  const begun = (last?.begun ?? 0) + 1;
  lastRuns.set(table, { begun });
  const isLatest = (): boolean => lastRuns.get(table)?.begun === begun;
  return {
    findingsOf(object, around) {
      const before = judged.get(object);
      if (before?.table !== table) return undefined;
      return before.lookups.every((lookup) => (isLatest() && changed?.has(lookup.kind) === false) || isStillAnswered(lookup, around)) ? before.findings : undefined;
    },
    remember(object, lookups, findings) {
      if (isLatest()) judged.set(object, { table, lookups, findings });
    },
    end() {
      if (isLatest()) lastRuns.set(table, { begun, finished: { objects, facts } });
    },
  };
}

/** The kinds of what came, went or moved; undefined where the lists have too little in common to tell what stayed. */
function changedKinds(before: readonly ManifestObject[], now: readonly ManifestObject[]): ReadonlySet<string> | undefined {
  let head = 0;
  while (head < now.length && head < before.length && before[head] === now[head]) head += 1;
  const most = Math.min(before.length, now.length) - head;
  let tail = 0;
  while (tail < most && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  if (head + tail === 0) return undefined;
  return new Set([...before.slice(head, before.length - tail), ...now.slice(head, now.length - tail)].map(({ kind }) => kind));
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}
