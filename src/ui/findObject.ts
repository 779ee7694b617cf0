import { objectKey, type CollectionName, type Inventory } from '../kubeblocks/inventory';
import type { KindId } from '../kubeblocks/kinds';
import type { KubeObject } from '../kubeblocks/objects';
import type { ObjectRef } from './objectRef';

const COLLECTIONS: Readonly<Partial<Record<KindId, CollectionName>>> = {
  cluster: 'clusters',
  backup: 'backups',
  backupPolicy: 'policies',
  backupSchedule: 'schedules',
  backupRepo: 'repos',
  actionSet: 'actionSets',
  storageProvider: 'storageProviders',
  restore: 'restores',
  opsRequest: 'opsRequests',
};

/** The object as the inventory has it (projected: not every field is kept). */
export function findObject(inventory: Inventory, ref: ObjectRef): KubeObject | undefined {
  const name = COLLECTIONS[ref.kind];
  return name === undefined ? undefined : inventory[name].items.get(objectKey(ref.namespace, ref.name));
}
