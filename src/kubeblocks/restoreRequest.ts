import type { Backup, Parameter } from './objects';
import type { RestoreWay } from './restoreWays';

/** What a person chose. */
export interface RestoreRequest {
  /** As the API server has it now, with all annotations: the inventory's copy may lack the cluster snapshot. */
  readonly backup: Backup;
  /** Backups of other components, which get their data from these. Only an annotation can say so. */
  readonly others?: readonly Backup[];
  readonly targetName: string;
  readonly targetNamespace: string;
  readonly way: RestoreWay;
  /** Ms since the epoch, whole seconds; only for a log backup. */
  readonly restoreTime?: number;
  readonly volumeRestorePolicy?: 'Parallel' | 'Serial';
  readonly deferPostReadyUntilClusterRunning?: boolean;
  readonly parameters?: readonly Parameter[];
  /** Handed to the restore jobs; which names count, the engine's action set decides. */
  readonly env?: readonly Parameter[];
  /** By the name of the component or sharding in the backup. Only a Cluster that is written here can have them. */
  readonly components?: Readonly<Record<string, ComponentChange>>;
  /** Leaves the components out that would start empty. Only a Cluster that is written here can do so. */
  readonly onlyRestored?: boolean;
}

/** How a component of the new cluster is to differ from the one that was backed up. */
export interface ComponentChange {
  /** Its name in the new cluster. */
  readonly name?: string;
  /** Of a sharding: of each shard. */
  readonly replicas?: number;
  readonly serviceVersion?: string;
  /** Of each of its volumes. */
  readonly storageClass?: string;
  /** Of each of its volumes, a Kubernetes quantity. */
  readonly storage?: string;
}

/** Whether the new cluster is to differ from the one that was backed up in anything. */
export function changesComponents({ components = {} }: Pick<RestoreRequest, 'components'>): boolean {
  return Object.values(components).some((change) => Object.values(change).some((value) => value !== undefined));
}
