import type { Inventory } from '../kubeblocks/inventory';
import type { KubernetesApi } from './api';

/** What is known of the server's clock. */
export interface ServerTime {
  /** The time there, in ms since the epoch; this machine's until an answer said another. */
  now(): number;
}

/** One connected context: its API and the inventory that watches keep current. */
export interface ClusterSession {
  readonly context: string;
  /** Nobody checks that the server is the one it says it is (`insecure-skip-tls-verify`). */
  readonly insecure: boolean;
  readonly api: KubernetesApi;
  /** Times of the cluster's objects are compared with this clock. */
  readonly time: ServerTime;
  /** The latest snapshot; the same object until something changed. */
  readonly inventory: Inventory;
  /** Called after a batch of changes with the new and the previous snapshot. Returns how to stop. */
  onDidChange(listener: (now: Inventory, before: Inventory) => void): () => void;
  /** Lists everything anew, and tries a failed connection at once. */
  refresh(): void;
  /** Closes every watch and socket. */
  dispose(): void;
}
