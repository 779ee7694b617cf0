import { indexClusters } from '../../kubeblocks/clusterIndex';
import { objectKey, type Inventory } from '../../kubeblocks/inventory';
import { findObject } from '../findObject';
import type { ObjectAddress } from './pageUpkeep';

/** A page of another context stays as it is; it says that it cannot be read when that context is left. */
export function hasPageChanged({ context, ref }: ObjectAddress, before: Inventory | undefined, now: Inventory | undefined): boolean {
  return now?.context === context && subject(ref, before) !== subject(ref, now);
}

/** What a page shows, the same object as long as nothing of it changed. */
function subject(ref: ObjectAddress['ref'], inventory: Inventory | undefined): unknown {
  if (inventory === undefined) {
    return undefined;
  }
  const ofCluster = ref.kind === 'cluster' ? indexClusters(inventory).entries.get(objectKey(ref.namespace, ref.name)) : undefined;
  return ofCluster ?? findObject(inventory, ref);
}
