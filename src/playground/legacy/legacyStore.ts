import type { AnyObject } from '../../kubeblocks/objects';
import { apiVersionOf, type Resource } from '../../kubeblocks/resource';
import { RESOURCES } from '../resources';
import type { ObjectStore } from '../world';
import { clusterAsNow, clusterAsThen } from './legacyCluster';

/** A kind that lay elsewhere, and looked otherwise, before 1.0. */
interface Moved {
  readonly now: Resource;
  readonly then: Resource;
  readonly asNow: (object: AnyObject) => AnyObject;
  readonly asThen: (object: AnyObject) => AnyObject;
}

const OLD_APPS = { group: 'apps.kubeblocks.io', version: 'v1alpha1' } as const;

const MOVED: readonly Moved[] = [
  { now: RESOURCES.cluster, then: { ...RESOURCES.cluster, ...OLD_APPS }, asNow: clusterAsNow, asThen: clusterAsThen },
  { now: RESOURCES.opsRequest, then: { ...RESOURCES.opsRequest, ...OLD_APPS }, asNow: (object) => object, asThen: (object) => object },
];

/**
 * The store of a line before 1.0, for controllers that speak as 1.0 does: what they call Cluster and OpsRequest is kept
 * where that line serves it, and in its shape.
 */
export function legacyStore(store: ObjectStore): ObjectStore {
  return {
    get(resource, ref) {
      const moved = movedFrom(resource);
      const found = store.get(moved?.then ?? resource, ref);
      return found && nowOf(moved, found);
    },
    list(resource, options) {
      const moved = movedFrom(resource);
      return store.list(moved?.then ?? resource, options).map((object) => nowOf(moved, object));
    },
    create: (resource, object) => written(resource, object, (then, old) => store.create(then, old)),
    update: (resource, object) => written(resource, object, (then, old) => store.update(then, old)),
    updateStatus: (resource, object) => written(resource, object, (then, old) => store.updateStatus(then, old)),
    delete(resource, ref) {
      store.delete(movedFrom(resource)?.then ?? resource, ref);
    },
    subscribe: (listener) =>
      store.subscribe(({ resource, object, previous, ...event }) => {
        const moved = MOVED.find(({ then }) => then.group === resource.group && then.plural === resource.plural);
        listener({ ...event, resource: moved?.now ?? resource, object: nowOf(moved, object), ...(previous !== undefined && { previous: nowOf(moved, previous) }) });
      }),
  };
}

function movedFrom({ group, plural }: Resource): Moved | undefined {
  return MOVED.find(({ now }) => now.group === group && now.plural === plural);
}

function nowOf(moved: Moved | undefined, object: AnyObject): AnyObject {
  return moved === undefined ? object : { ...moved.asNow(object), apiVersion: apiVersionOf(moved.now) };
}

function written(resource: Resource, object: AnyObject, write: (resource: Resource, object: AnyObject) => AnyObject): AnyObject {
  const moved = movedFrom(resource);
  const owned = withOwners(object);
  return moved === undefined ? write(resource, owned) : nowOf(moved, write(moved.then, { ...moved.asThen(owned), apiVersion: apiVersionOf(moved.then) }));
}

/** Owners are named as they are served. */
function withOwners(object: AnyObject): AnyObject {
  const { ownerReferences } = object.metadata;
  if (ownerReferences === undefined) return object;
  const renamed = ownerReferences.map((owner) => {
    const moved = MOVED.find(({ now }) => now.kind === owner.kind && apiVersionOf(now) === owner.apiVersion);
    return moved === undefined ? owner : { ...owner, apiVersion: apiVersionOf(moved.then) };
  });
  return { ...object, metadata: { ...object.metadata, ownerReferences: renamed } };
}
