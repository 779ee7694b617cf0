import type { AnyObject } from '../../kubeblocks/objects';
import type { StructuralSchema } from '../../kubeblocks/schema/crd';
import { base64Fault } from './base64';
import { fieldSchema } from './fieldSchema';
import { isObject, type JsonObject } from './json';
import { DecodingError, goKind } from './metadata/goDecoding';

export interface DecodedBuiltIn {
  readonly object: AnyObject;
  /** In the order of the object. */
  readonly unknownFields: readonly string[];
}

/**
 * A built-in kind as Go's decoder takes it up: fields its type does not have, nulls and empty lists and maps go. Its
 * metadata is left to `decodeMetadata`. Throws `DecodingError` for a value of another type.
 */
export function decodeBuiltIn(object: AnyObject, schema: StructuralSchema): DecodedBuiltIn {
  const unknownFields: string[] = [];
  const { metadata, ...content } = object;
  const place: Place = { struct: nameOf(schema), field: '', path: '', unknownFields };
  const decoded = decodeStruct(content, schema, place) as JsonObject & Pick<AnyObject, 'apiVersion' | 'kind'>;
  return { object: { ...decoded, metadata }, unknownFields };
}

interface Place {
  /** The innermost struct with a name, and the field as Go names it, from the object on and without indexes. */
  readonly struct: string;
  readonly field: string;
  readonly path: string;
  readonly unknownFields: string[];
}

function decode(value: unknown, schema: StructuralSchema, place: Place): unknown {
  if (schema['x-kubernetes-preserve-unknown-fields'] === true) return value;
  if (schema.oneOf !== undefined) return decodeAlternative(value, schema, place);
  switch (schema.type) {
    case 'string':
      return typeof value === 'string' ? decodeText(value, schema) : refuse(value, schema, place);
    case 'boolean':
      return typeof value === 'boolean' ? value : refuse(value, schema, place);
    case 'integer':
      return Number.isInteger(value) ? value : refuse(value, schema, place);
    case 'number':
      return typeof value === 'number' ? value : refuse(value, schema, place);
    case 'array':
      return decodeList(value, schema, place);
    default:
      return isObject(value) ? decodeStruct(value, schema, { ...place, struct: nameOf(schema) || place.struct }) : refuse(value, schema, place);
  }
}

/** Bytes are written in base64. */
function decodeText(text: string, { format }: StructuralSchema): string {
  const fault = format === 'byte' ? base64Fault(text) : undefined;
  if (fault !== undefined) throw new DecodingError(`illegal base64 data at input byte ${fault}`);
  return text;
}

function decodeList(value: unknown, schema: StructuralSchema, place: Place): unknown {
  if (!Array.isArray(value)) return refuse(value, schema, place);
  const { items = {} } = schema;
  return value.map((item, index) => decode(item, items, { ...place, path: `${place.path}[${index}]` }));
}

function decodeStruct(value: JsonObject, schema: StructuralSchema, place: Place): JsonObject {
  const result: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) {
    const path = place.path === '' ? key : `${place.path}.${key}`;
    const field = schema.properties === undefined && schema.additionalProperties === undefined ? ANYTHING : fieldSchema(schema, key);
    if (field === undefined) {
      place.unknownFields.push(path);
      continue;
    }
    if (part === null) continue;
    const isKey = schema.properties === undefined;
    const below = { ...place, path, field: isKey ? place.field : place.field === '' ? key : `${place.field}.${key}` };
    const decoded = decode(part, field, below);
    if (!isLeftOut(decoded, field)) result[key] = decoded;
  }
  return result;
}

const ANYTHING: StructuralSchema = { 'x-kubernetes-preserve-unknown-fields': true };

/** `omitempty`: an empty list or a map of free keys; an empty struct says that it is there. */
function isLeftOut(value: unknown, schema: StructuralSchema): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && schema.additionalProperties !== undefined && Object.keys(value).length === 0;
}

const QUANTITY = /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/;

/** A quantity is text or a number, an IntOrString text or a whole number. */
function decodeAlternative(value: unknown, schema: StructuralSchema, place: Place): unknown {
  if (schema.definition?.endsWith('.Quantity') !== true) return typeof value === 'string' || Number.isInteger(value) ? value : refuse(value, schema, place);
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text === 'string' && QUANTITY.test(text)) return text;
  throw new DecodingError(`quantities must match the regular expression '${QUANTITY.source}'`);
}

function refuse(value: unknown, schema: StructuralSchema, { struct, field }: Place): never {
  const type = typeOf(schema, field);
  throw new DecodingError(`json: cannot unmarshal ${goKind(value, type === 'int32' ? 'int64' : type)} into Go struct field ${struct}.${field} of type ${type}`);
}

/** Text that has a type of its own in `k8s.io/api`. */
const TEXT_TYPES: Readonly<Record<string, string>> = {
  accessModes: 'v1.PersistentVolumeAccessMode',
  concurrencyPolicy: 'v1.ConcurrencyPolicy',
  dnsPolicy: 'v1.DNSPolicy',
  imagePullPolicy: 'v1.PullPolicy',
  restartPolicy: 'v1.RestartPolicy',
};

function typeOf(schema: StructuralSchema, field: string): string {
  const last = field.split('.').at(-1) ?? '';
  switch (schema.type) {
    case 'string':
      return TEXT_TYPES[last] ?? 'string';
    case 'boolean':
      return 'bool';
    case 'integer':
      return schema.format ?? 'int64';
    case 'array':
      return `[]${schema.items === undefined ? 'interface {}' : typeOf(schema.items, field)}`;
    default:
      if (typeof schema.additionalProperties === 'object') return `map[string]${typeOf(schema.additionalProperties, field)}`;
      return `v1.${nameOf(schema)}`;
  }
}

function nameOf({ definition = '' }: StructuralSchema): string {
  return definition.split('.').at(-1) ?? '';
}
