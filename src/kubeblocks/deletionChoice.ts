import { backupState, createdAt, endOf, isEnded } from './backupState';
import { indexClusters, type ClusterEntry } from './clusterIndex';
import type { Inventory } from './inventory';
import type { Backup } from './objects';
import { parseRetention } from './retention';

/** A cluster, live or gone, whose backup sets can be deleted; all of them where `entry` is undefined. */
export interface DeletionScope {
  readonly entry: ClusterEntry | undefined;
  /** Those that have ended, newest first: what runs is no old copy, and a log backup's schedule would make it again. */
  readonly backups: readonly Backup[];
}

/** Each cluster that has backup sets to delete, by its key. */
export function deletionScopes(inventory: Inventory): readonly DeletionScope[] {
  return [...indexClusters(inventory).entries.values()].map((entry) => ({ entry, backups: entry.backups.filter(isEnded) })).filter(({ backups }) => backups.length > 0);
}

/** All of them, also those that nobody owns. */
export function everyScope(inventory: Inventory): DeletionScope {
  const { unassigned } = indexClusters(inventory);
  return { entry: undefined, backups: [...deletionScopes(inventory).flatMap(({ backups }) => backups), ...unassigned.filter(isEnded)] };
}

/** Those that are older than a period (`30d`), by the end of what they hold. None for a period that is none. */
export function olderThan(backups: readonly Backup[], period: string, now: number): readonly Backup[] {
  const parsed = parseRetention(period);
  return parsed.ok && parsed.ms > 0 ? backups.filter((backup) => (endOf(backup) ?? createdAt(backup)) < now - parsed.ms) : [];
}

export function failedOf(backups: readonly Backup[]): readonly Backup[] {
  return backups.filter((backup) => backupState(backup) === 'failed');
}
