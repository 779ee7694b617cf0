import { quote } from '../goText';
import { isObject, mapValues, type JsonObject } from '../json';

/** The Go types of metadata's fields, as decoding errors name them. `any` is taken as it is. */
export type FieldType = 'string' | 'types.UID' | 'int64' | '*bool' | 'time' | 'map[string]string' | '[]string' | '[]v1.OwnerReference' | 'any';

/** What Go's JSON decoder says of a value it cannot take. */
export class DecodingError extends Error {}

interface Place {
  readonly struct: string;
  /** As Go names it, from the outermost struct: `ownerReferences.uid`. */
  readonly field: string;
  readonly path: string;
  readonly unknownFields: string[];
}

/** The value as Go would write it back: null and empty values are left out (undefined). */
export function decodeField(value: unknown, type: FieldType, place: Place): unknown {
  if (value === null || value === undefined || type === 'any') return value ?? undefined;
  switch (type) {
    case 'string':
    case 'types.UID':
      return decodeString(value, type, place) || undefined;
    case 'int64':
      return decodeInteger(value, place);
    case '*bool':
      return typeof value === 'boolean' ? value : refuse(value, 'bool', place);
    case 'time':
      return decodeTime(value);
    case 'map[string]string':
      return decodeMap(value, place);
    case '[]string':
      return decodeList(value, type, place, (item) => decodeString(item ?? '', 'string', place));
    case '[]v1.OwnerReference':
      return decodeList(value, type, place, (item, index) => decodeOwner(item, { ...place, path: `${place.path}[${index}]` }));
  }
}

function decodeString(value: unknown, type: string, place: Place): string {
  return typeof value === 'string' ? value : refuse(value, type, place);
}

function decodeInteger(value: unknown, place: Place): number {
  return Number.isInteger(value) ? (value as number) : refuse(value, 'int64', place);
}

const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

function decodeTime(value: unknown): string {
  if (typeof value !== 'string') throw new DecodingError(`json: cannot unmarshal ${goKind(value)} into Go value of type string`);
  if (TIMESTAMP.test(value)) return value;
  throw new DecodingError(`parsing time ${quote(value)} as "2006-01-02T15:04:05Z07:00": cannot parse ${quote(value)} as "2006"`);
}

function decodeMap(value: unknown, place: Place): JsonObject | undefined {
  if (!isObject(value)) return refuse(value, 'map[string]string', place);
  const map = mapValues(value, (item) => decodeString(item ?? '', 'string', place));
  return Object.keys(map).length === 0 ? undefined : map;
}

function decodeList<T>(value: unknown, type: string, place: Place, decode: (item: unknown, index: number) => T): readonly T[] | undefined {
  if (!Array.isArray(value)) return refuse(value, type, place);
  return value.length === 0 ? undefined : value.map(decode);
}

const OWNER_REFERENCE: Readonly<Record<string, FieldType>> = {
  apiVersion: 'string',
  kind: 'string',
  name: 'string',
  uid: 'types.UID',
  controller: '*bool',
  blockOwnerDeletion: '*bool',
};

function decodeOwner(value: unknown, place: Place): JsonObject {
  if (value !== null && !isObject(value)) return refuse(value, 'v1.OwnerReference', place);
  const given = mapValues(value ?? {}, (item, key) => {
    const type = Object.hasOwn(OWNER_REFERENCE, key) ? OWNER_REFERENCE[key] : undefined;
    const path = `${place.path}.${key}`;
    if (type !== undefined) return decodeField(item, type, { ...place, struct: 'OwnerReference', field: `${place.field}.${key}`, path });
    place.unknownFields.push(path);
    return undefined;
  });
  return ownerOf(given);
}

/** In Go's order of the fields, in which messages print it. */
function ownerOf({ apiVersion = '', kind = '', name = '', uid = '', controller, blockOwnerDeletion }: JsonObject): JsonObject {
  return {
    apiVersion,
    kind,
    name,
    uid,
    ...(controller !== undefined && { controller }),
    ...(blockOwnerDeletion !== undefined && { blockOwnerDeletion }),
  };
}

function refuse(value: unknown, type: string, place: Place): never {
  throw new DecodingError(`json: cannot unmarshal ${goKind(value, type)} into Go struct field ${place.struct}.${place.field} of type ${type}`);
}

/** What Go calls a JSON value; a number that an integer cannot hold is spelled out. */
export function goKind(value: unknown, type = ''): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return type === 'int64' ? `number ${value}` : 'number';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
