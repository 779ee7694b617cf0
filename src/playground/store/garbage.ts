import type { AnyObject } from '../../kubeblocks/objects';
import type { Resource } from '../../kubeblocks/resource';
import type { ObjectRef } from '../world';
import type { OwnerIndex, Stored } from './ownerIndex';

/** What the garbage collector does to the store. */
export interface GarbageStore {
  readonly owners: OwnerIndex;
  update(resource: Resource, object: AnyObject): unknown;
  delete(resource: Resource, ref: ObjectRef): unknown;
  /** An owner that waits for its dependents may have lost the last of them. */
  finishForeground(owner: Stored): void;
}

/** Everything an object says it is owned by is gone, or never was. */
export function isOrphan({ owners }: GarbageStore, object: AnyObject): boolean {
  const references = object.metadata.ownerReferences ?? [];
  return references.length > 0 && references.every(({ uid }) => !owners.exists(uid));
}

/** After an object is gone: what it alone owned goes too, and what others own as well loses the reference to it. */
export function collectGarbage(store: GarbageStore, removed: AnyObject): void {
  for (const { resource, object } of store.owners.dependentsOf(removed.metadata.uid ?? '')) {
    if (isOrphan(store, object)) {
      if (object.metadata.deletionTimestamp === undefined) store.delete(resource, object.metadata);
      continue;
    }
    const ownerReferences = object.metadata.ownerReferences?.filter(({ uid }) => store.owners.exists(uid)) ?? [];
    store.update(resource, { ...object, metadata: { ...object.metadata, ownerReferences } });
  }
  for (const { uid } of removed.metadata.ownerReferences ?? []) {
    const owner = store.owners.find(uid);
    if (owner?.object.metadata.finalizers?.includes('foregroundDeletion') === true) store.finishForeground(owner);
  }
}
