import type { AnyObject, KubeObject, ObjectMeta } from '../../kubeblocks/objects';
import { objectKey } from '../../kubeblocks/inventory';
import { apiVersionOf, type Resource } from '../../kubeblocks/resource';
import type { AdmitOptions, Admission } from '../admission/admission';
import { createAdmission } from '../admission/createAdmission';
import type { FieldOwnership, OwnedWrite } from '../ownership/fieldOwnership';
import { haveSameFields } from '../ownership/managers';
import { RESOURCES } from '../resources';
import type { ObjectRef, PlaygroundClock, Random, StoreEvent } from '../world';
import { initialStatus, withBuiltInDefaults } from './builtInDefaults';
import { collectGarbage, isOrphan, type GarbageStore } from './garbage';
import { frozenCopy } from './frozenCopy';
import { isSame } from './isSame';
import { countsGenerations, hasStatus, isCustomResource } from './kindTraits';
import { contentsOf, refuseUnlessActive } from './namespaces';
import { omit } from './omit';
import { finalizerErrors, newMeta, replacedMeta } from './objectMeta';
import { OwnerIndex } from './ownerIndex';
import { alreadyExists, conflict, invalid, notFound, preconditionFailed, staleVersion } from './statusErrors';
import { Table } from './table';
import type { Deleted, DeleteOptions, VersionedStore, WriteOptions, WrittenBy } from './versionedStore';

export interface ObjectStoreOptions {
  readonly clock: Pick<PlaygroundClock, 'timestamp'>;
  readonly random: Random;
  /** Where it is left out, metadata alone is judged. */
  readonly admission?: Admission;
  /** Changes a kind remembers at least, before a watch from further back is answered 410. */
  readonly historyLimit?: number;
  /** Told who wrote what. */
  readonly ownership?: Pick<FieldOwnership, 'note' | 'ownersOf'>;
}

type Write = WriteOptions & { readonly subresource?: 'status' };

const KUBERNETES_SUFFIX_LENGTH = 5;

/** An empty store. Namespaces are objects like others, and have to be there before what lives in them. */
export function createObjectStore(options: ObjectStoreOptions): VersionedStore {
  const { clock, random, admission = createAdmission([]), historyLimit = 5_000, ownership } = options;
  const tables = new Map<string, { readonly resource: Resource; readonly table: Table }>();
  const owners = new OwnerIndex();
  const listeners = new Set<(event: StoreEvent) => void>();
  const undelivered: StoreEvent[] = [];
  let delivering = false;
  let revision = 0;
  let compacted = 0;

  function tableOf(resource: Resource): Table {
    const id = `${resource.group}/${resource.plural}`;
    let entry = tables.get(id);
    if (entry === undefined) {
      tables.set(id, (entry = { resource, table: new Table(historyLimit) }));
      entry.table.compact(compacted);
    }
    return entry.table;
  }

  function get(resource: Resource, { namespace, name }: ObjectRef): AnyObject | undefined {
    return tableOf(resource).get(objectKey(resource.namespaced ? namespace : undefined, name));
  }

  function mustGet(resource: Resource, ref: ObjectRef): AnyObject {
    const found = get(resource, ref);
    if (found === undefined) throw notFound(resource, ref.name);
    return found;
  }

  /** The one place where anything changes. */
  function commit(type: StoreEvent['type'], resource: Resource, next: AnyObject, previous?: AnyObject, write?: Write): AnyObject {
    revision += 1;
    const object = frozenCopy({ ...next, metadata: { ...next.metadata, resourceVersion: String(revision) } });
    ownership?.note(object, previous, write && ownedWrite(resource, write));
    const event = { type, resource, object, ...(previous !== undefined && { previous }) };
    tableOf(resource).apply(event, revision);
    owners.apply(event);
    undelivered.push(event);
    return object;
  }

  function ownedWrite(resource: Resource, { by = SERVER, subresource, version = resource.version }: Write): OwnedWrite {
    const { manager, operation = 'Update', ...known }: WrittenBy = by;
    const apiVersion = apiVersionOf({ group: resource.group, version });
    return { writer: { manager, operation, apiVersion, subresource: subresource ?? '' }, time: clock.timestamp(), ...known };
  }

  /** What a dry run answers. */
  function asIf(resource: Resource, object: AnyObject, previous: AnyObject | undefined, write: Write): AnyObject {
    const frozen = frozenCopy(object);
    ownership?.note(frozen, previous, ownedWrite(resource, write));
    return frozen;
  }

  /** A write that changes no field may still change whose they are. */
  function changesOwners(current: AnyObject, { by }: Write): boolean {
    return by?.owners !== undefined && ownership !== undefined && !haveSameFields(by.owners, ownership.ownersOf(current));
  }

  /** Listeners may write: what they cause is delivered after what caused it, to everyone in the same order. */
  function deliver(): void {
    if (delivering) return;
    delivering = true;
    try {
      for (let event = undelivered.shift(); event !== undefined; event = undelivered.shift()) {
        for (const listener of [...listeners]) listener(event);
      }
    } finally {
      delivering = false;
    }
  }

  /** `ownStatus` is what stays where the request may not write status. */
  function admit(resource: Resource, object: AnyObject, write: Write, ownStatus: unknown, old?: AnyObject): AnyObject {
    const options: AdmitOptions = { ...(write.subresource !== undefined && { subresource: write.subresource }), ...(old !== undefined && { old }) };
    const spoken = write.version === undefined ? resource : { ...resource, version: write.version };
    const admitted = admission.admit(spoken, object, options);
    write.onUnknownFields?.(admitted.unknownFields);
    const errors = [...admitted.errors, ...(write.validate?.(admitted.object, old) ?? [])];
    if (errors.length > 0) throw invalid(resource, object.metadata.name, errors);
    // Without a conversion webhook a version is changed by keeping what the stored version knows too.
    const stored = spoken.version === resource.version ? admitted.object : admission.admit(resource, admitted.object, options).object;
    const keepsStatus = write.subresource === undefined && hasStatus(resource);
    return frozenCopy(keepsStatus ? withStatus(stored, ownStatus) : stored);
  }

  function nameFor({ name, generateName }: Partial<ObjectMeta>): string {
    if (name !== undefined && name !== '') return name;
    return generateName === undefined ? '' : `${generateName.slice(0, 253 - KUBERNETES_SUFFIX_LENGTH)}${random.suffix(KUBERNETES_SUFFIX_LENGTH)}`;
  }

  function create(resource: Resource, sent: AnyObject, write: WriteOptions = {}): AnyObject {
    const name = nameFor(sent.metadata);
    refuseUnlessActive(store, resource, { ...sent.metadata, name });
    const metadata = newMeta(resource, sent.metadata, { name, uid: random.uuid(), createdAt: clock.timestamp() });
    const born = withBuiltInDefaults(resource, {
      ...sent,
      apiVersion: apiVersionOf(resource),
      kind: resource.kind,
      metadata: resource.namespaced ? metadata : omit(metadata, 'namespace'),
    });
    const object = admit(resource, frozenCopy(born), write, initialStatus(resource));
    if (get(resource, object.metadata) !== undefined) throw alreadyExists(resource, name);
    if (write.dryRun === true) return asIf(resource, object, undefined, write);
    const created = commit('ADDED', resource, object, undefined, write);
    if (isOrphan(garbage, created)) store.delete(resource, created.metadata);
    deliver();
    return created;
  }

  function update(resource: Resource, sent: AnyObject, write: WriteOptions = {}): AnyObject {
    const current = mustGet(resource, sent.metadata);
    refuseStale(resource, sent, current);
    const metadata = replacedMeta(sent.metadata, current);
    const next = withBuiltInDefaults(resource, { ...sent, apiVersion: current.apiVersion, kind: current.kind, metadata });
    return replace(resource, next, current, write);
  }

  function updateStatus(resource: Resource, sent: AnyObject, write: WriteOptions = {}): AnyObject {
    const current = mustGet(resource, sent.metadata);
    refuseStale(resource, sent, current);
    return replace(resource, withStatus(current, sent.status), current, { ...write, subresource: 'status' });
  }

  function replace(resource: Resource, next: AnyObject, current: AnyObject, write: Write): AnyObject {
    const version = current.metadata.resourceVersion;
    const versioned = { ...next, metadata: { ...next.metadata, ...(version !== undefined && { resourceVersion: version }) } };
    const object = admit(resource, frozenCopy(versioned), write, current.status, current);
    const errors = finalizerErrors(object.metadata, current.metadata);
    if (errors.length > 0) throw invalid(resource, object.metadata.name, errors);
    if (isSame(object, current) && !changesOwners(current, write)) return current;
    const counted = withGeneration(resource, object, current);
    if (write.dryRun === true) return asIf(resource, counted, current, write);
    if (isReleased(counted)) return remove(resource, counted, current, write);
    const written = commit('MODIFIED', resource, counted, current, write);
    deliver();
    return written;
  }

  function remove(resource: Resource, last: AnyObject, previous: AnyObject, write?: Write): AnyObject {
    const removed = commit('DELETED', resource, last, previous, write);
    collectGarbage(garbage, removed);
    const { namespace } = removed.metadata;
    if (namespace !== undefined) finishNamespace(namespace);
    deliver();
    return removed;
  }

  function deleteObject(resource: Resource, ref: ObjectRef, how: DeleteOptions = {}): Deleted {
    const current = mustGet(resource, ref);
    refuseUnmet(resource, current, how.preconditions);
    if (how.dryRun === true) return { object: current, removed: (current.metadata.finalizers ?? []).length === 0 };
    const finalizers = finalizersFor(current, how);
    if (finalizers.length === 0 && !isNamespace(resource)) return { object: remove(resource, current, current), removed: true };
    const marked = current.metadata.deletionTimestamp === undefined ? mark(resource, current, finalizers) : current;
    if (isNamespace(resource)) emptyNamespace(ref.name);
    else if (finalizers.includes(FOREGROUND)) finishForeground(resource, marked, true);
    else if (finalizers.includes(ORPHAN)) finishOrphaning(resource, marked);
    deliver();
    const left = get(resource, ref);
    return left?.metadata.uid === current.metadata.uid && left !== undefined ? { object: left, removed: false } : { object: marked, removed: true };
  }

  /** Sets the deletion timestamp; the object stays until its finalizers are gone. */
  function mark(resource: Resource, current: AnyObject, finalizers: readonly string[]): AnyObject {
    const metadata = {
      ...current.metadata,
      deletionTimestamp: clock.timestamp(),
      deletionGracePeriodSeconds: 0,
      ...(current.metadata.generation !== undefined && { generation: current.metadata.generation + 1 }),
      ...(finalizers.length > 0 && { finalizers }),
    };
    const status = isNamespace(resource) ? { status: { phase: 'Terminating' } } : {};
    return commit('MODIFIED', resource, { ...current, ...status, metadata }, current);
  }

  /** Deletes what is in a namespace; it goes with the last of it. */
  function emptyNamespace(name: string): void {
    for (const { resource, object } of contentsOf(tables.values(), name)) {
      if (get(resource, object.metadata) === object) deleteObject(resource, object.metadata);
    }
    finishNamespace(name);
  }

  function finishNamespace(name: string): void {
    const namespace = get(RESOURCES.namespace, { name });
    if (namespace?.metadata.deletionTimestamp === undefined || (namespace.metadata.finalizers ?? []).length > 0) return;
    if (contentsOf(tables.values(), name).next().done === true) commit('DELETED', RESOURCES.namespace, namespace, namespace);
  }

  /** Takes a finalizer of the garbage collector away once nothing stands in its way. */
  function release(resource: Resource, object: AnyObject, finalizer: string): void {
    const current = get(resource, object.metadata);
    if (current?.metadata.uid !== object.metadata.uid || current === undefined) return;
    const finalizers = (current.metadata.finalizers ?? []).filter((one) => one !== finalizer);
    store.update(resource, { ...current, metadata: { ...current.metadata, finalizers } });
  }

  function finishForeground(resource: Resource, object: AnyObject, deleteDependents: boolean): void {
    const uid = object.metadata.uid ?? '';
    if (deleteDependents) {
      for (const { resource: kind, object: dependent } of owners.dependentsOf(uid)) {
        if (dependent.metadata.deletionTimestamp === undefined) deleteObject(kind, dependent.metadata, { propagationPolicy: 'Foreground' });
      }
    }
    const blocking = owners
      .dependentsOf(uid)
      .some(({ object: left }) => left.metadata.ownerReferences?.some((owner) => owner.uid === uid && owner.blockOwnerDeletion === true));
    if (!blocking) release(resource, object, FOREGROUND);
  }

  function finishOrphaning(resource: Resource, object: AnyObject): void {
    for (const { resource: kind, object: dependent } of owners.dependentsOf(object.metadata.uid ?? '')) {
      const ownerReferences = dependent.metadata.ownerReferences?.filter(({ uid }) => uid !== object.metadata.uid) ?? [];
      store.update(kind, { ...dependent, metadata: { ...dependent.metadata, ownerReferences } });
    }
    release(resource, object, ORPHAN);
  }

  function writingAs(manager: string): VersionedStore {
    const by = { manager };
    return {
      ...store,
      create: (resource, object, write) => create(resource, object, { by, ...write }),
      update: (resource, object, write) => update(resource, object, { by, ...write }),
      updateStatus: (resource, object, write) => updateStatus(resource, object, { by, ...write }),
    };
  }

  const garbage: GarbageStore = {
    owners,
    update: update,
    delete: (resource, ref) => deleteObject(resource, ref),
    finishForeground: ({ resource, object }) => {
      finishForeground(resource, object, false);
    },
  };

  const store: VersionedStore = {
    get,
    list: (resource, { namespace, labels } = {}) => {
      const items = tableOf(resource).list(namespace);
      return labels === undefined ? items : items.filter((item) => hasLabels(item, labels));
    },
    create,
    update,
    updateStatus,
    delete: deleteObject,
    writingAs,
    compact() {
      compacted = revision;
      for (const { table } of tables.values()) table.compact(revision);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    revision: () => revision,
    listAt(resource, namespace, at) {
      const items = at >= revision ? tableOf(resource).list(namespace) : tableOf(resource).listAt(at);
      return namespace === undefined || at >= revision ? items : items.filter((item) => item.metadata.namespace === namespace);
    },
    changesSince: (resource, since) => tableOf(resource).changesSince(since),
  };
  return store;
}

/** What stands in for a whole control plane when nobody else is named. */
const SERVER = { manager: 'kube-controller-manager' } as const;

const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';

function isNamespace(resource: Resource): boolean {
  return resource.group === '' && resource.plural === 'namespaces';
}

function hasLabels(object: KubeObject, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(labels).every(([key, value]) => object.metadata.labels?.[key] === value);
}

function withStatus(object: AnyObject, status: unknown): AnyObject {
  const content = omit(object, 'status');
  return status === undefined ? content : { ...content, status };
}

/** Where etcd would hold it. */
function storageKey({ group, plural }: Resource, { metadata }: AnyObject): string {
  const kind = isCustomResource({ group }) ? `${group}/${plural}` : plural;
  return `/registry/${kind}/${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
}

function refuseStale(resource: Resource, sent: AnyObject, current: AnyObject): void {
  const { resourceVersion, uid, name } = sent.metadata;
  if (uid !== undefined && uid !== '' && uid !== current.metadata.uid) {
    const failed = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${String(current.metadata.uid)}`;
    throw conflict(resource, name, `StorageError: invalid object, Code: 4, Key: ${storageKey(resource, current)}, ResourceVersion: 0, AdditionalErrorMsg: ${failed}`);
  }
  if (resourceVersion === undefined || resourceVersion === '' || resourceVersion === current.metadata.resourceVersion) return;
  throw staleVersion(resource, name);
}

function refuseUnmet(resource: Resource, current: AnyObject, preconditions: DeleteOptions['preconditions']): void {
  const { uid, resourceVersion, name } = current.metadata;
  if (preconditions?.uid !== undefined && preconditions.uid !== uid) {
    throw preconditionFailed(resource, name, 'UID', preconditions.uid, String(uid));
  }
  if (preconditions?.resourceVersion !== undefined && preconditions.resourceVersion !== resourceVersion) {
    throw preconditionFailed(resource, name, 'ResourceVersion', preconditions.resourceVersion, String(resourceVersion));
  }
}

/** The garbage collector's own finalizers go with how the deletion was asked for. */
function finalizersFor(current: AnyObject, { propagationPolicy }: DeleteOptions): readonly string[] {
  const own = current.metadata.finalizers ?? [];
  if (propagationPolicy === 'Foreground') return [...new Set([...own, FOREGROUND])];
  if (propagationPolicy === 'Orphan') return [...new Set([...own, ORPHAN])];
  return own;
}

function isReleased({ metadata }: AnyObject): boolean {
  return metadata.deletionTimestamp !== undefined && (metadata.finalizers ?? []).length === 0;
}

/** Counts up when anything but metadata and status changed. */
function withGeneration(resource: Resource, next: AnyObject, current: AnyObject): AnyObject {
  if (!countsGenerations(resource) || isSame(contentOf(next), contentOf(current))) return next;
  return { ...next, metadata: { ...next.metadata, generation: (current.metadata.generation ?? 0) + 1 } };
}

function contentOf(object: AnyObject): object {
  return omit(object, 'metadata', 'status');
}
