import type { AnyObject } from '../../../src/kubeblocks/objects';
import type { LaneApi } from '../../cluster/lane/laneApi';
import type { ClusterEngine } from '../../cluster/lane/laneClusters';

/** What a worker job does for which object. */
export interface Work {
  readonly does: 'backup' | 'restore' | 'delete' | 'check';
  /** Name of the Backup, Restore or BackupRepo. */
  readonly of: string;
  /** Where the job runs. */
  readonly namespace: string;
}

/** One of the two clusters that a story is told on. Both have the same engines, storage providers and repositories. */
export interface StorySide {
  readonly name: 'real' | 'playground';
  readonly api: LaneApi;
  create(...objects: readonly AnyObject[]): Promise<void>;
  /** A namespace with a database `db` Running in it, or with none. */
  namespace(name: string, engine: ClusterEngine | false): Promise<void>;
  /** Jobs that do that work fail with the log. Gives how to take it back. */
  failWork(work: Work, log: string): () => void;
  /** How long (ms) nothing must happen before a story counts as over. */
  readonly quietFor: number;
}
