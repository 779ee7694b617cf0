import type { StructuralSchema } from '../../../kubeblocks/schema/crd';
import { typeInvalid, type FieldError } from '../fieldError';
import { quote } from '../goText';
import type { Subject } from './check';
import { isKnownFormat } from './checkFormat';

type JsonType = 'null' | 'boolean' | 'string' | 'integer' | 'number' | 'array' | 'object';

/** What Go calls the formats of the numbers that JSON decodes to; nothing else has one. */
const GO_FORMATS: Partial<Record<JsonType, string>> = { integer: 'int64', number: 'float64' };

export function checkType({ value, schema, path }: Subject): FieldError[] {
  const allowed = typesOf(schema);
  const actual = jsonType(value);
  if (allowed.length === 0 || isAllowed(actual, allowed, schema)) return [];
  // A format that is checked is named instead of the type, except where null was given.
  if (isKnownFormat(schema.format) && actual !== 'null') {
    return actual === 'array' ? [] : [wrongType(path, schema.format, GO_FORMATS[actual] ?? '')];
  }
  return [wrongType(path, allowed.join(','), actual)];
}

function typesOf(schema: StructuralSchema): readonly string[] {
  if (schema['x-kubernetes-int-or-string'] === true) return ['integer', 'string'];
  return schema.type === undefined ? [] : [schema.type];
}

function isAllowed(actual: JsonType, allowed: readonly string[], schema: StructuralSchema): boolean {
  if (actual === 'null') return schema.nullable === true;
  return allowed.includes(actual) || (actual === 'integer' && allowed.includes('number'));
}

function jsonType(value: unknown): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'string' || typeof value === 'boolean' ? (typeof value as 'string' | 'boolean') : 'object';
}

export function wrongType(path: string, wanted: string, given: string): FieldError {
  return typeInvalid(path, given, `${path} in body must be of type ${wanted}: ${quote(given)}`);
}
