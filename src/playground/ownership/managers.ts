import { isObject } from '../admission/json';
import { fieldSet, fromFieldsV1, isEqual, toFieldsV1, type FieldSet } from './fieldSet';

export type Operation = 'Apply' | 'Update';

/** Who writes, and through which door. */
export interface Writer {
  readonly manager: string;
  readonly operation: Operation;
  /** In whose fields it speaks. */
  readonly apiVersion: string;
  /** Empty for the object itself. */
  readonly subresource: string;
}

/** One writer and the fields that are its own. */
export interface Owner extends Writer {
  /** RFC 3339, whole seconds; of its last change. */
  readonly time: string;
  readonly fields: FieldSet;
}

/** By `idOf`. */
export type Owners = ReadonlyMap<string, Owner>;

/** An entry of `metadata.managedFields`. */
export interface ManagedFields {
  readonly manager: string;
  readonly operation: Operation;
  readonly apiVersion: string;
  readonly time: string;
  readonly fieldsType: 'FieldsV1';
  readonly fieldsV1: object;
  readonly subresource?: string;
}

/** Someone who applies stays the same across versions (`BuildManagerIdentifier`). */
export function idOf({ manager, operation, apiVersion, subresource }: Writer): string {
  return JSON.stringify([manager, operation, operation === 'Apply' ? '' : apiVersion, subresource]);
}

/** Times apart. */
export function haveSameFields(a: Owners, b: Owners): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  return [...a].every(([id, owner]) => {
    const other = b.get(id);
    return other !== undefined && other.apiVersion === owner.apiVersion && isEqual(owner.fields, other.fields);
  });
}

/** Fields nobody owns (`stripMetaManager`). */
export const UNOWNED: FieldSet = fieldSet(
  ['f:apiVersion'],
  ['f:kind'],
  ['f:metadata'],
  ...['name', 'namespace', 'creationTimestamp', 'selfLink', 'uid', 'clusterName', 'generation', 'managedFields', 'resourceVersion'].map(
    (field) => ['f:metadata', `f:${field}`],
  ),
);

/** In the order of the API server: by operation, time, name. */
export function encodeOwners(owners: Owners): readonly ManagedFields[] {
  const keyOf = (owner: Owner): string => [owner.operation, owner.time, owner.manager, owner.apiVersion, owner.subresource].join('\0');
  return [...owners.values()]
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .map(({ manager, operation, apiVersion, time, fields, subresource }) => ({
      manager,
      operation,
      apiVersion,
      time,
      fieldsType: 'FieldsV1',
      fieldsV1: toFieldsV1(fields),
      ...(subresource !== '' && { subresource }),
    }));
}

/** What a request says of who owns what; undefined where it cannot be read. */
export function decodeOwners(entries: readonly unknown[]): Owners | undefined {
  const owners = entries.map(decodeOwner);
  if (owners.some((owner) => owner === undefined)) return undefined;
  return new Map(owners.flatMap((owner) => (owner === undefined ? [] : [[idOf(owner), owner]])));
}

function decodeOwner(entry: unknown): Owner | undefined {
  if (!isObject(entry) || (entry.operation !== 'Apply' && entry.operation !== 'Update')) return undefined;
  const text = (field: string): string => (typeof entry[field] === 'string' ? entry[field] : '');
  return {
    manager: text('manager'),
    operation: entry.operation,
    apiVersion: text('apiVersion'),
    subresource: text('subresource'),
    time: text('time'),
    fields: fromFieldsV1(entry.fieldsV1),
  };
}
