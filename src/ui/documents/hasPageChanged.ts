import { indexClusters } from '../../kubeblocks/clusterIndex';
import { objectKey, type Inventory } from '../../kubeblocks/inventory';
import { findObject } from '../findObject';
import { timelineEntry } from '../timeline/timelineEntry';
import type { ObjectAddress } from './pageUpkeep';

/** A page of another context stays as it is; it says that it cannot be read when that context is left. */
export function hasPageChanged({ context, ref, form }: ObjectAddress, before: Inventory | undefined, now: Inventory | undefined): boolean {
  const subjectIn = form === 'window' ? timelineSubject : subject;
  return now?.context === context && subjectIn(ref, before) !== subjectIn(ref, now);
}

function timelineSubject(ref: ObjectAddress['ref'], inventory: Inventory | undefined): unknown {
  return inventory === undefined ? undefined : timelineEntry(inventory, ref);
}

/** What a page shows, the same object as long as nothing of it changed. */
function subject(ref: ObjectAddress['ref'], inventory: Inventory | undefined): unknown {
  if (inventory === undefined) {
    return undefined;
  }
  const ofCluster = ref.kind === 'cluster' ? indexClusters(inventory).entries.get(objectKey(ref.namespace, ref.name)) : undefined;
  return ofCluster ?? findObject(inventory, ref);
}
