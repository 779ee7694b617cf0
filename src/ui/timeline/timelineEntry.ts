import { entryOfBackup, indexClusters, type ClusterEntry } from '../../kubeblocks/clusterIndex';
import { objectKey, type Inventory } from '../../kubeblocks/inventory';
import type { ObjectRef } from '../objectRef';

/** The cluster a timeline is about: the one that is named, or the one that a backup set belongs to, live or gone. */
export function timelineEntry(inventory: Inventory, { kind, namespace, name }: ObjectRef): ClusterEntry | undefined {
  const { entries } = indexClusters(inventory);
  const key = objectKey(namespace, name);
  if (kind === 'cluster') {
    return entries.get(key);
  }
  const backup = kind === 'backup' ? inventory.backups.items.get(key) : undefined;
  return backup === undefined ? undefined : entryOfBackup(inventory, backup);
}
