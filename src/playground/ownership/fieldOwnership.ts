import type { AnyObject } from '../../kubeblocks/objects';
import type { StructuralSchema } from '../../kubeblocks/schema/crd';
import { asSent } from './asSent';
import { compareFields, type Comparison } from './compareFields';
import { NO_FIELDS, type FieldSet } from './fieldSet';
import { encodeOwners, type ManagedFields, type Owners, type Writer } from './managers';
import { updateOwners } from './updateOwners';

/** A write as the store knows of it. */
export interface OwnedWrite {
  readonly writer: Writer;
  /** RFC 3339, whole seconds. */
  readonly time: string;
  /** Who owns what, where the writer has already found out or says so itself; then only its own changes are added. */
  readonly owners?: Owners;
  /** `owners` is final: nothing is to be compared. */
  readonly settled?: boolean;
}

/**
 * Field ownership of every object revision, worked out when somebody asks. Controllers write thousands of times before
 * anyone looks, so that a write only leaves a note of who wrote over what.
 */
export interface FieldOwnership {
  /** Without `write`, ownership stays as it was (the server's own changes, such as a mark of deletion). */
  note(object: AnyObject, previous: AnyObject | undefined, write?: OwnedWrite): void;
  ownersOf(object: AnyObject): Owners;
  /** As `ownersOf`, where nobody is followed with everything under one name. */
  ownersBeforeApply(object: AnyObject, apiVersion: string): Owners;
  managedFields(object: AnyObject): readonly ManagedFields[];
}

interface Pending {
  readonly previous: AnyObject | undefined;
  readonly write: OwnedWrite | undefined;
  /** Notes below this one that wait as well. */
  readonly depth: number;
}

/** A note keeps the revision before it alive. */
const DEEPEST = 64;

const NOBODY: Owners = new Map();

export function createFieldOwnership(schemaOf: (object: AnyObject) => StructuralSchema | undefined): FieldOwnership {
  const settled = new WeakMap<AnyObject, Owners>();
  const pending = new WeakMap<AnyObject, Pending>();
  const encoded = new WeakMap<Owners, readonly ManagedFields[]>();

  function settle(object: AnyObject): Owners {
    const chain: AnyObject[] = [];
    let at: AnyObject | undefined = object;
    while (at !== undefined && !settled.has(at) && pending.has(at)) {
      chain.push(at);
      at = pending.get(at)?.previous;
    }
    let owners = (at === undefined ? undefined : settled.get(at)) ?? NOBODY;
    for (const next of chain.reverse()) {
      owners = ownersAfter(next, owners, pending.get(next));
      settled.set(next, owners);
      pending.delete(next);
    }
    return owners;
  }

  function ownersAfter(object: AnyObject, owners: Owners, note: Pending | undefined): Owners {
    const write = note?.write;
    if (write === undefined) return owners;
    if (write.settled === true && write.owners !== undefined) return write.owners;
    const known = write.owners ?? owners;
    const { writer, time } = write;
    // An object that lost its managed fields is followed again from its next apply on (`skipNonAppliedManager`).
    if (known.size === 0 && note?.previous !== undefined) return known;
    const change = note?.previous === undefined
      ? compareFields(newborn(object), asSent(object), schemaOf(object))
      : compareFields(note.previous, object, schemaOf(object));
    return updateOwners(known, throughDoor(writer, change), writer, time);
  }

  return {
    note(object, previous, write) {
      const depth = previous === undefined ? 0 : (pending.get(previous)?.depth ?? -1) + 1;
      if (object === previous) return;
      pending.set(object, { previous, write, depth });
      if (depth >= DEEPEST) settle(object);
    },
    ownersOf: settle,
    ownersBeforeApply(object, apiVersion) {
      const owners = settle(object);
      if (owners.size > 0) return owners;
      const writer: Writer = { manager: 'before-first-apply', operation: 'Update', apiVersion, subresource: '' };
      const change = throughDoor(writer, compareFields(newborn(object), object, schemaOf(object)));
      return updateOwners(owners, change, writer, object.metadata.creationTimestamp ?? '');
    },
    managedFields(object) {
      const owners = settle(object);
      const known = encoded.get(owners);
      if (known !== undefined) return known;
      const entries = encodeOwners(owners);
      encoded.set(owners, entries);
      return entries;
    },
  };
}

/** A request to the object itself cannot own status, one to its status nothing else. */
export function mayOwn({ subresource }: Pick<Writer, 'subresource'>, fields: FieldSet): FieldSet {
  const status = fields.get('f:status');
  if (subresource === 'status') return status === undefined ? NO_FIELDS : new Map([['f:status', status]]);
  if (status === undefined) return fields;
  return new Map([...fields].filter(([element]) => element !== 'f:status'));
}

function throughDoor(writer: Writer, { added, modified, removed }: Comparison): Comparison {
  return { added: mayOwn(writer, added), modified: mayOwn(writer, modified), removed: mayOwn(writer, removed) };
}

/**
 * What a kind looks like before anything is said: the structs that Go always writes out of Kubernetes' own kinds are
 * there, so that nobody owns them; a custom resource is empty.
 */
function newborn({ apiVersion, kind }: AnyObject): object {
  return NEWBORN[`${apiVersion}/${kind}`] ?? { metadata: {} };
}

const POD = { metadata: {}, spec: { containers: null }, status: {} };
const JOB = { metadata: {}, spec: { template: { metadata: {}, spec: { containers: null } } }, status: {} };

const NEWBORN: Readonly<Record<string, object>> = {
  'v1/Pod': POD,
  'v1/Namespace': { metadata: {}, spec: {}, status: {} },
  'v1/Node': { metadata: {}, spec: {}, status: {} },
  'v1/Service': { metadata: {}, spec: {}, status: { loadBalancer: {} } },
  'v1/PersistentVolume': { metadata: {}, spec: {}, status: {} },
  'v1/PersistentVolumeClaim': { metadata: {}, spec: { resources: {} }, status: {} },
  'v1/Event': { metadata: {}, involvedObject: {}, source: {} },
  'batch/v1/Job': JOB,
  'batch/v1/CronJob': { metadata: {}, spec: { jobTemplate: { metadata: {}, spec: JOB.spec } }, status: {} },
  'apps/v1/StatefulSet': { metadata: {}, spec: { template: { metadata: {}, spec: { containers: null } }, updateStrategy: {} }, status: {} },
  'storage.k8s.io/v1/CSIDriver': { metadata: {}, spec: {} },
};
