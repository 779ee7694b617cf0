import { indexClusters } from '../../kubeblocks/clusterIndex';
import { objectKey, type Inventory } from '../../kubeblocks/inventory';
import { findObject } from '../findObject';
import { timelineEntry } from '../timeline/timelineEntry';
import type { ObjectAddress, PageAddress } from './pageUpkeep';

/** What the engine matrix is derived from. */
const ENGINE_PARTS = ['context', 'line', 'clusters', 'policies', 'schedules', 'actionSets'] as const satisfies readonly (keyof Inventory)[];

/** A page of another context stays as it is; it says that it cannot be read when that context is left. */
export function hasPageChanged(address: PageAddress, before: Inventory | undefined, now: Inventory | undefined): boolean {
  if (address.form === 'engines') {
    return ENGINE_PARTS.some((part) => before?.[part] !== now?.[part]);
  }
  const { context, ref, form } = address;
  const subjectIn = form === 'window' || form === 'lineage' ? timelineSubject : subject;
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
