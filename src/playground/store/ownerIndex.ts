import type { AnyObject } from '../../kubeblocks/objects';
import { keyOf } from '../../kubeblocks/inventory';
import type { Resource } from '../../kubeblocks/resource';
import type { StoreEvent } from '../world';

export interface Stored {
  readonly resource: Resource;
  readonly object: AnyObject;
}

/** Who owns whom, by uid, for garbage collection. */
export class OwnerIndex {
  private readonly byUid = new Map<string, Stored>();
  private readonly dependents = new Map<string, Map<string, Stored>>();

  apply({ type, resource, object, previous }: StoreEvent): void {
    const id = `${resource.group}/${resource.plural}/${keyOf(object)}`;
    for (const owner of ownersOf(previous)) this.dependents.get(owner)?.delete(id);
    const { uid } = object.metadata;
    if (type === 'DELETED') {
      if (uid !== undefined) this.byUid.delete(uid);
      return;
    }
    if (uid !== undefined) this.byUid.set(uid, { resource, object });
    for (const owner of ownersOf(object)) {
      const known = this.dependents.get(owner) ?? new Map<string, Stored>();
      this.dependents.set(owner, known.set(id, { resource, object }));
    }
  }

  exists(uid: string): boolean {
    return this.byUid.has(uid);
  }

  find(uid: string): Stored | undefined {
    return this.byUid.get(uid);
  }

  dependentsOf(uid: string): readonly Stored[] {
    return [...(this.dependents.get(uid)?.values() ?? [])];
  }
}

function ownersOf(object: AnyObject | undefined): readonly string[] {
  return object?.metadata.ownerReferences?.map(({ uid }) => uid) ?? [];
}
