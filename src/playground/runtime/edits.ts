import type { AnyObject, Condition, KubeObject, ObjectMeta, OwnerReference } from '../../kubeblocks/objects';
import type { Resource } from '../../kubeblocks/resource';
import { isSame } from '../store/isSame';
import type { ObjectRef, World } from '../world';

/** A stored object, read as `T`. The caller names the shape; absent fields stay absent. */
export function read<T extends KubeObject>(world: World, resource: Resource, ref: ObjectRef): T | undefined {
  return world.store.get(resource, ref) as KubeObject | undefined as T | undefined;
}

export function readAll<T extends KubeObject>(
  world: World,
  resource: Resource,
  options?: { namespace?: string; labels?: Readonly<Record<string, string>> },
): readonly T[] {
  return world.store.list(resource, options) as readonly KubeObject[] as readonly T[];
}

export function refOf(object: KubeObject): ObjectRef {
  const { namespace, name } = object.metadata;
  return namespace === undefined ? { name } : { namespace, name };
}

/** Replaces the status of the stored object, and writes nothing when it is the same. Returns what is stored then. */
export function setStatus<T extends KubeObject>(world: World, resource: Resource, object: T, status: unknown): T {
  const current = world.store.get(resource, refOf(object));
  if (current === undefined || isSame(current.status, status)) return object;
  return world.store.updateStatus(resource, { ...current, status }) as KubeObject as T;
}

/** Merges fields into the status; a field that is `undefined` is taken away. */
export function patchStatus<T extends KubeObject>(world: World, resource: Resource, object: T, patch: object): T {
  const current = world.store.get(resource, refOf(object));
  const status = withoutUndefined({ ...(current?.status as object | undefined), ...patch });
  return setStatus(world, resource, object, status);
}

export interface MetadataChange {
  /** A label that is `undefined` is taken away; so is an annotation. */
  readonly labels?: Readonly<Record<string, string | undefined>>;
  readonly annotations?: Readonly<Record<string, string | undefined>>;
  readonly addFinalizer?: string;
  readonly removeFinalizer?: string;
  readonly ownerReferences?: readonly OwnerReference[];
  /** Merged into the spec in the same write. */
  readonly spec?: object;
}

/** Changes metadata (and spec) in one write, and writes nothing when nothing changes. */
export function edit<T extends KubeObject>(world: World, resource: Resource, object: T, change: MetadataChange): T {
  const current = world.store.get(resource, refOf(object));
  if (current === undefined) return object;
  const { metadata } = current;
  const next: AnyObject = {
    ...current,
    metadata: withoutUndefined<object>({
      ...metadata,
      labels: merged(metadata.labels, change.labels),
      annotations: merged(metadata.annotations, change.annotations),
      finalizers: finalizersAfter(metadata.finalizers ?? [], change),
      ownerReferences: change.ownerReferences ?? metadata.ownerReferences,
    }) as ObjectMeta,
    ...(change.spec === undefined ? {} : { spec: withoutUndefined({ ...(current.spec as object | undefined), ...change.spec }) }),
  };
  if (isSame(current, next)) return current as KubeObject as T;
  return world.store.update(resource, next) as KubeObject as T;
}

/** Removes an object if it is there. */
export function remove(world: World, resource: Resource, ref: ObjectRef): void {
  if (world.store.get(resource, ref) !== undefined) world.store.delete(resource, ref);
}

/** Sets one condition; `lastTransitionTime` moves only when its status does. */
export function withCondition(conditions: readonly Condition[] | undefined, next: Condition): readonly Condition[] {
  const known = conditions ?? [];
  const before = known.find((condition) => condition.type === next.type);
  if (before === undefined) return [...known, next];
  const lastTransitionTime = before.status === next.status ? before.lastTransitionTime : next.lastTransitionTime;
  const merged: Condition = { ...before, ...next, ...(lastTransitionTime === undefined ? {} : { lastTransitionTime }) };
  return known.map((condition) => (condition.type === next.type ? merged : condition));
}

export function controllerOf(owner: KubeObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  };
}

export function isDeleting(object: KubeObject): boolean {
  return object.metadata.deletionTimestamp !== undefined;
}

/** The object without its `undefined` fields. */
export function withoutUndefined<T extends object>(object: T): T {
  const result: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(object)) {
    if (value !== undefined) result[field] = value;
  }
  return result as T;
}

function merged(
  current: Readonly<Record<string, string>> | undefined,
  change: Readonly<Record<string, string | undefined>> | undefined,
): Readonly<Record<string, string>> | undefined {
  if (change === undefined) return current;
  const next = withoutUndefined({ ...current, ...change }) as Readonly<Record<string, string>>;
  return Object.keys(next).length === 0 ? undefined : next;
}

function finalizersAfter(current: readonly string[], change: MetadataChange): readonly string[] | undefined {
  const kept = current.filter((finalizer) => finalizer !== change.removeFinalizer);
  const { addFinalizer } = change;
  const next = addFinalizer === undefined || kept.includes(addFinalizer) ? kept : [...kept, addFinalizer];
  return next.length === 0 ? undefined : next;
}
