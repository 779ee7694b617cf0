import type { AnyObject, ObjectMeta } from '../../kubeblocks/objects';
import type { Resource } from '../../kubeblocks/resource';
import type { FieldError } from '../admission/admission';
import { nameErrors } from './objectNames';
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
    ...omit(sent, 'deletionTimestamp', 'deletionGracePeriodSeconds'),
    ...(namespace !== undefined && { namespace }),
    ...(uid !== undefined && { uid }),
    ...(creationTimestamp !== undefined && { creationTimestamp }),
    ...(generateName !== undefined && { generateName }),
    ...(generation !== undefined && { generation }),
    ...(deletionTimestamp !== undefined && { deletionTimestamp, deletionGracePeriodSeconds: 0 }),
  };
}

export function metaErrors(resource: Resource, meta: ObjectMeta): readonly FieldError[] {
  return [...nameErrors(resource, meta.name), ...labelErrors(meta.labels ?? {}), ...annotationErrors(meta.annotations ?? {})];
}

/** A deleted object may lose finalizers, not gain them. */
export function finalizerErrors(next: ObjectMeta, current: ObjectMeta): readonly FieldError[] {
  if (current.deletionTimestamp === undefined) return [];
  const added = (next.finalizers ?? []).filter((finalizer) => !(current.finalizers ?? []).includes(finalizer));
  if (added.length === 0) return [];
  const found = added.map((finalizer) => JSON.stringify(finalizer)).join(', ');
  const message = `Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{${found}}`;
  return [{ path: 'metadata.finalizers', reason: 'FieldValueForbidden', message }];
}

const QUALIFIED_NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

const NAME_PART_TEXT =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const LABEL_VALUE_TEXT =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an " +
  "alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is " +
  "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

function labelErrors(labels: Readonly<Record<string, string>>): readonly FieldError[] {
  return Object.entries(labels).flatMap(([key, value]) => {
    const errors = [...keyErrors('metadata.labels', key)];
    if (value.length > 63) errors.push(wrong('metadata.labels', value, 'must be no more than 63 characters'));
    if (!LABEL_VALUE.test(value)) errors.push(wrong('metadata.labels', value, LABEL_VALUE_TEXT));
    return errors;
  });
}

function annotationErrors(annotations: Readonly<Record<string, string>>): readonly FieldError[] {
  return Object.keys(annotations).flatMap((key) => keyErrors('metadata.annotations', key.toLowerCase(), key));
}

function keyErrors(path: string, key: string, shown = key): readonly FieldError[] {
  const slash = key.indexOf('/');
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  const name = key.slice(slash + 1);
  const errors: FieldError[] = [];
  if (prefix !== undefined && !PREFIX.test(prefix)) errors.push(wrong(path, shown, 'prefix part must be a lowercase RFC 1123 subdomain'));
  if (name.length > 63) errors.push(wrong(path, shown, 'name part must be no more than 63 characters'));
  if (!QUALIFIED_NAME.test(name)) errors.push(wrong(path, shown, NAME_PART_TEXT));
  return errors;
}

function wrong(path: string, value: string, text: string): FieldError {
  return { path, reason: 'FieldValueInvalid', message: `Invalid value: ${JSON.stringify(value)}: ${text}` };
}
