import { parseBytes } from './bytes';
import { indexClusters, componentOf, entryOfBackup, type ClusterEntry } from './clusterIndex';
import { clusterWindow, type ComponentWindow } from './clusterWindow';
import { keyOf, type Inventory } from './inventory';
import { descendantsOf } from './lineage';
import type { Backup } from './objects';
import { isGoodCopy } from './protection';
import { recoverableRanges } from './recoveryWindow';

/** What is gone once these backups are deleted. */
export interface DeletionLoss {
  /** Those that were named, each once. */
  readonly chosen: readonly Backup[];
  /** What builds on them and was not named; KubeBlocks deletes it first. */
  readonly alsoGo: readonly Backup[];
  /** All that go, each once: what was named, in that order, each followed by what builds on it. */
  readonly backups: readonly Backup[];
  /** Of all that go, as far as they say. */
  readonly bytes: number;
  /** Instants that can be restored now and could not be any more; by cluster and component, in order. */
  readonly instants: readonly LostInstants[];
  /** Of these no instant could be restored any more. */
  readonly closedWindows: readonly PartOfCluster[];
  /** Of these nothing would be left to restore, neither a backup nor an instant. */
  readonly lastCopies: readonly PartOfCluster[];
}

export interface PartOfCluster {
  readonly cluster: ClusterEntry;
  readonly component: string | undefined;
}

/** Both ends belong to it (whole seconds, ms since the epoch). */
export interface LostInstants extends PartOfCluster {
  readonly from: number;
  readonly to: number;
}

const SECOND = 1000;

/** What is lost when backups are deleted together: the window that is left is computed without them. Pure; `now` in ms since the epoch. */
export function deletionLoss(inventory: Inventory, backups: readonly Backup[], now: number): DeletionLoss {
  const doomed = new Map<string, Backup>();
  for (const backup of backups.flatMap((each) => [each, ...descendantsOf(inventory, each)])) {
    doomed.set(keyOf(backup), doomed.get(keyOf(backup)) ?? backup);
  }
  const items = new Map([...inventory.backups.items].filter(([key]) => !doomed.has(key)));
  const rest: Inventory = { ...inventory, backups: { ...inventory.backups, items } };
  const clusters = new Set([...doomed.values()].flatMap((backup) => entryOfBackup(inventory, backup) ?? []));
  const parts = [...clusters].flatMap((cluster) => partsOf({ before: inventory, after: rest }, cluster, now));
  const all = [...doomed.values()];
  const named = new Set(backups.map(keyOf));
  return {
    chosen: all.filter((backup) => named.has(keyOf(backup))),
    alsoGo: all.filter((backup) => !named.has(keyOf(backup))),
    backups: all,
    bytes: all.reduce((sum, { status }) => sum + (parseBytes(status?.totalSize) ?? 0), 0),
    instants: parts.flatMap(({ instants }) => instants),
    closedWindows: parts.filter(({ isClosed }) => isClosed).map(partOf),
    lastCopies: parts.filter(({ isLast }) => isLast).map(partOf),
  };
}

function partOf({ cluster, component }: PartLoss): PartOfCluster {
  return { cluster, component };
}

interface Both {
  readonly before: Inventory;
  readonly after: Inventory;
}

interface PartLoss extends PartOfCluster {
  readonly instants: readonly LostInstants[];
  readonly isClosed: boolean;
  readonly isLast: boolean;
}

function partsOf({ before, after }: Both, cluster: ClusterEntry, now: number): PartLoss[] {
  const left = indexClusters(after).entries.get(cluster.key);
  const windows = clusterWindow(before, cluster, now).components;
  const windowsLeft = left === undefined ? [] : clusterWindow(after, left, now).components;
  const components = new Set(cluster.backups.map(componentOf));
  return [...components].map((component) => {
    const ranges = rangesOf(windows, component);
    const rangesLeft = rangesOf(windowsLeft, component);
    const isBacked = ranges.length > 0 || hasGoodCopy(before, cluster.backups, component);
    const isBackedStill = rangesLeft.length > 0 || (left !== undefined && hasGoodCopy(after, left.backups, component));
    return { cluster, component, instants: without(ranges, rangesLeft).map((range) => ({ cluster, component, ...range })), isClosed: ranges.length > 0 && rangesLeft.length === 0, isLast: isBacked && !isBackedStill };
  });
}

function hasGoodCopy(inventory: Inventory, backups: readonly Backup[], component: string | undefined): boolean {
  return backups.some((backup) => componentOf(backup) === component && isGoodCopy(inventory, backup));
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function rangesOf(windows: readonly ComponentWindow[], component: string | undefined): readonly Range[] {
  return recoverableRanges(windows.find((window) => window.component === component)?.stretches ?? []);
}

/** The seconds of the first ranges that are in none of the second; both in order. */
function without(ranges: readonly Range[], taken: readonly Range[]): readonly Range[] {
  return ranges.flatMap((range) =>
    taken.reduce<readonly Range[]>(
      (pieces, { from, to }) =>
        pieces.flatMap((piece) =>
          to < piece.from || piece.to < from
            ? [piece]
            : [
                { from: piece.from, to: from - SECOND },
                { from: to + SECOND, to: piece.to },
              ].filter((each) => each.from <= each.to),
        ),
      [range],
    ),
  );
}
