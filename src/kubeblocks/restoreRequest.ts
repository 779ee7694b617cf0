import type { Backup, Parameter } from './objects';
import type { RestoreWay } from './restoreWays';

/** What a person chose. */
export interface RestoreRequest {
  /** As the API server has it now, with all annotations: the inventory's copy may lack the cluster snapshot. */
  readonly backup: Backup;
  readonly targetName: string;
  readonly targetNamespace: string;
  readonly way: RestoreWay;
  /** Ms since the epoch, whole seconds; only for a log backup. */
  readonly restoreTime?: number;
  readonly volumeRestorePolicy?: 'Parallel' | 'Serial';
  readonly deferPostReadyUntilClusterRunning?: boolean;
  readonly parameters?: readonly Parameter[];
}
