import { backupType } from './backupState';
import { parseBytes } from './bytes';
import { indexClusters } from './clusterIndex';
import type { Inventory } from './inventory';
import type { Backup } from './objects';
import { repositoryOf } from './repositoryState';

/** What one cluster, live or gone, has in a repository. */
export interface RepositoryUser {
  /** Undefined for backups that nobody owns. */
  readonly cluster: string | undefined;
  readonly namespace: string;
  readonly backups: number;
  /** Of the backups. */
  readonly logs: number;
  /** As far as the backups say. */
  readonly bytes: number;
}

/** Who uses a repository, the one with most data first. */
export function repositoryUsers(inventory: Inventory, name: string): readonly RepositoryUser[] {
  const { entries, unassigned } = indexClusters(inventory);
  const owned = [...entries.values()].map((entry) => useOf(entry.name, entry.namespace, entry.backups, name));
  const others = [...new Set(unassigned.map(({ metadata }) => metadata.namespace ?? ''))].map((namespace) => useOf(undefined, namespace, unassigned.filter(({ metadata }) => metadata.namespace === namespace), name));
  return [...owned, ...others].filter(({ backups }) => backups > 0).sort((a, b) => b.bytes - a.bytes);
}

function useOf(cluster: string | undefined, namespace: string, all: readonly Backup[], repository: string): RepositoryUser {
  const backups = all.filter((backup) => repositoryOf(backup) === repository);
  return {
    cluster,
    namespace,
    backups: backups.length,
    logs: backups.filter((backup) => backupType(backup) === 'Continuous').length,
    bytes: backups.reduce((sum, { status }) => sum + (parseBytes(status?.totalSize) ?? 0), 0),
  };
}
