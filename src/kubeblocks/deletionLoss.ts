import { backupState, isEnded } from './backupState';
import { parseBytes } from './bytes';
import { indexClusters, type ClusterEntry } from './clusterIndex';
import { clusterWindow, type Stretch } from './clusterWindow';
import { keyOf, type Inventory } from './inventory';
import { descendantsOf, typeOf } from './lineage';
import type { Backup } from './objects';

/** What goes when backups are deleted, and what can be restored no more. */
export interface DeletionLoss {
  /** Those that were chosen, as they were given. */
  readonly chosen: readonly Backup[];
  /** Incrementals that build on them and were not chosen; KubeBlocks deletes them first. */
  readonly alsoGo: readonly Backup[];
  /** Of all of them, as far as they say. */
  readonly bytes: number;
  /** The clusters that lose something beside the copies themselves. */
  readonly clusters: readonly ClusterLoss[];
}

export interface ClusterLoss {
  readonly name: string;
  readonly namespace: string;
  /** Instants that can be restored now and cannot afterwards: whole seconds, ms since the epoch, both ends included. */
  readonly lost: readonly LostStretch[];
  /** No instant can be restored afterwards, of those that could. */
  readonly isWindowGone: boolean;
  /** Afterwards no completed copy is left, of those that there were. */
  readonly isLastCopy: boolean;
}

export interface LostStretch {
  readonly component: string | undefined;
  readonly from: number;
  readonly to: number;
}

const SECOND = 1000;

/** Computed as `clusterWindow` judges each instant, before and after. */
export function deletionLoss(inventory: Inventory, chosen: readonly Backup[], now: number): DeletionLoss {
  const all = new Map<string, Backup>(chosen.map((backup) => [keyOf(backup), backup]));
  const alsoGo: Backup[] = [];
  for (const child of chosen.flatMap((backup) => descendantsOf(inventory, backup))) {
    if (!all.has(keyOf(child))) {
      all.set(keyOf(child), child);
      alsoGo.push(child);
    }
  }
  const after = without(inventory, new Set(all.keys()));
  const left = indexClusters(after).entries;
  const clusters = [...indexClusters(inventory).entries.values()].filter(({ backups }) => backups.some((backup) => all.has(keyOf(backup))));
  return {
    chosen,
    alsoGo,
    bytes: [...all.values()].reduce((sum, { status }) => sum + (parseBytes(status?.totalSize) ?? 0), 0),
    clusters: clusters.map((entry) => clusterLoss([inventory, after], [entry, left.get(entry.key)], now)).filter(({ lost, isLastCopy }) => lost.length > 0 || isLastCopy),
  };
}

function without(inventory: Inventory, keys: ReadonlySet<string>): Inventory {
  return { ...inventory, backups: { ...inventory.backups, items: new Map([...inventory.backups.items].filter(([key]) => !keys.has(key))) } };
}

function clusterLoss([before, after]: readonly [Inventory, Inventory], [entry, left]: readonly [ClusterEntry, ClusterEntry | undefined], now: number): ClusterLoss {
  const now1 = rangesOf(before, entry, now);
  const then = left === undefined ? [] : rangesOf(after, left, now);
  const copies = (inventory: Inventory, { backups }: ClusterEntry): number => backups.filter((backup) => isCopy(inventory, backup)).length;
  return {
    name: entry.name,
    namespace: entry.namespace,
    lost: now1.flatMap((range) => subtract(range, then.filter(({ component }) => component === range.component))),
    isWindowGone: now1.length > 0 && then.length === 0,
    isLastCopy: copies(before, entry) > 0 && (left === undefined || copies(after, left) === 0),
  };
}

/** A log alone is no copy. */
function isCopy(inventory: Inventory, backup: Backup): boolean {
  return isEnded(backup) && backupState(backup) === 'completed' && typeOf(inventory, backup) !== 'Continuous';
}

function rangesOf(inventory: Inventory, entry: ClusterEntry, now: number): readonly LostStretch[] {
  return clusterWindow(inventory, entry, now).components.flatMap(({ component, stretches }) => joined(stretches).map((range) => ({ component, ...range })));
}

/** Neighbours that can be restored, whatever with. */
function joined(stretches: readonly Stretch[]): readonly { readonly from: number; readonly to: number }[] {
  const ranges: { from: number; to: number }[] = [];
  for (const { kind, from, to } of stretches) {
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

/** What of a range none of the others holds. */
function subtract(range: LostStretch, others: readonly LostStretch[]): readonly LostStretch[] {
  let rest: readonly LostStretch[] = [range];
  for (const { from, to } of others) {
    rest = rest.flatMap((part) => [
      ...(part.from < from ? [{ ...part, to: Math.min(part.to, from - SECOND) }] : []),
      ...(part.to > to ? [{ ...part, from: Math.max(part.from, to + SECOND) }] : []),
    ]);
  }
  return rest;
}
