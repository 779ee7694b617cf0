import type { Inventory } from '../../kubeblocks/inventory';
import type { SecretReader } from '../../kubeblocks/secretReader';
import type { CrdDefinition } from '../../kubeblocks/schema/crd';

/** What a cluster says about itself, once. */
export interface LiveCluster {
  readonly inventory: Inventory;
  /** The definitions of KubeBlocks' kinds that it has installed; undefined where they may not be read. */
  readonly crds: readonly CrdDefinition[] | undefined;
  /** Looks up its Secrets, one by one. */
  readonly secrets: SecretReader;
  /** Ends the connection. */
  readonly dispose: () => void;
}

/** Asks a cluster and changes nothing in it. Rejects where it cannot be reached or has no KubeBlocks. */
export type ReadCluster = (context: string | undefined) => Promise<LiveCluster>;
