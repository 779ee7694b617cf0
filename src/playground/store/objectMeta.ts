import type { AnyObject, ObjectMeta } from '../../kubeblocks/objects';
import type { Resource } from '../../kubeblocks/resource';
import type { FieldError } from '../admission/admission';
import { countsGenerations } from './kindTraits';
import { omit } from './omit';

/** What the API server sets and nobody else may change. */
export interface Birth {
  readonly name: string;
  readonly uid: string;
  readonly createdAt: string;
}

/** Metadata of a new object: the server's fields are the server's, whatever was sent (`rest.BeforeCreate`). */
export function newMeta(resource: Resource, sent: ObjectMeta, { name, uid, createdAt }: Birth): ObjectMeta {
  return {
    ...omit(sent, 'resourceVersion', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'generation'),
    name,
    uid,
    creationTimestamp: createdAt,
    ...(countsGenerations(resource) && { generation: 1 }),
  };
}

/** Metadata of an object that replaces another: identity and deletion stay (`rest.BeforeUpdate`). */
export function replacedMeta(sent: ObjectMeta, current: AnyObject): ObjectMeta & Record<string, unknown> {
  const { uid, creationTimestamp, deletionTimestamp, generation, generateName, namespace } = current.metadata;
  return {
    ...omit(sent, 'deletionTimestamp', 'deletionGracePeriodSeconds', 'generation'),
    ...(namespace !== undefined && { namespace }),
    ...(uid !== undefined && { uid }),
    ...(creationTimestamp !== undefined && { creationTimestamp }),
    ...(generateName !== undefined && { generateName }),
    ...(generation !== undefined && { generation }),
    ...(deletionTimestamp !== undefined && { deletionTimestamp, deletionGracePeriodSeconds: 0 }),
  };
}

/** A deleted object may lose finalizers, not gain them. Said twice, as the generic checks and those of the kind do. */
export function finalizerErrors(next: ObjectMeta, current: ObjectMeta): readonly FieldError[] {
  if (current.deletionTimestamp === undefined) return [];
  const added = (next.finalizers ?? []).filter((finalizer) => !(current.finalizers ?? []).includes(finalizer));
  if (added.length === 0) return [];
  const found = added.map((finalizer) => JSON.stringify(finalizer)).join(', ');
  const message = `Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{${found}}`;
  const error: FieldError = { path: 'metadata.finalizers', reason: 'FieldValueForbidden', message };
  return [error, error];
}
