import type { AnyObject } from '../../kubeblocks/objects';
import type { StructuralSchema } from '../../kubeblocks/schema/crd';
import { fieldSchema } from '../admission/fieldSchema';
import { isObject } from '../admission/json';
import { elementText } from '../ownership/pathElement';
import { partsOf } from '../ownership/shape';
import { StatusError } from '../world';

/** An applied configuration says only what the kind has fields for (structured-merge-diff, typed/validate.go). Throws 500. */
export function refuseUntyped(applied: AnyObject, schema: StructuralSchema | undefined): void {
  if (schema === undefined) return;
  const errors = errorsOf(applied, schema, '');
  if (errors.length === 0) return;
  const { apiVersion, kind, metadata } = applied;
  const place = `${metadata.namespace ?? ''}/${metadata.name}; ${apiVersion.includes('/') ? apiVersion : `/${apiVersion}`}, Kind=${kind}`;
  const text = errors.length === 1 ? String(errors[0]) : ['errors:', ...errors.map((error) => `  ${error}`)].join('\n');
  throw new StatusError(500, '', `failed to create typed patch object (${place}): ${text}`);
}

function errorsOf(value: unknown, schema: StructuralSchema, path: string): readonly string[] {
  const wrong = wrongType(value, schema);
  if (wrong !== undefined) return [`${path}: expected ${wrong}`];
  if (isObject(value)) return errorsOfFields(value, schema, path);
  const { items } = schema;
  if (!Array.isArray(value) || items === undefined) return [];
  const duplicates = repeated(value, schema).map((element) => `${path}: duplicate entries for key ${elementText(element)}`);
  const parts = schema['x-kubernetes-list-type'] === 'map' ? partsOf(schema, value).map(({ element }) => elementText(element)) : undefined;
  return [...duplicates, ...value.flatMap((item, index) => errorsOf(item, items, `${path}${parts?.[index] ?? `[${index}]`}`))];
}

function errorsOfFields(value: Readonly<Record<string, unknown>>, schema: StructuralSchema, path: string): readonly string[] {
  if (schema['x-kubernetes-preserve-unknown-fields'] === true) return [];
  if (schema.properties === undefined && schema.additionalProperties === undefined) return [];
  return Object.entries(value).flatMap(([name, part]) => {
    const field = fieldSchema(schema, name);
    return field === undefined ? [`${path}.${name}: field not declared in schema`] : errorsOf(part, field, `${path}.${name}`);
  });
}

function wrongType(value: unknown, schema: StructuralSchema): string | undefined {
  if (value === null || value === undefined || schema.oneOf !== undefined || schema['x-kubernetes-int-or-string'] === true) return undefined;
  const given = Array.isArray(value) ? 'array' : typeof value;
  switch (schema.type) {
    case 'string':
      return given === 'string' ? undefined : `string, got ${goValue(value)}`;
    case 'boolean':
      return given === 'boolean' ? undefined : `boolean, got ${goValue(value)}`;
    case 'integer':
    case 'number':
      return given === 'number' ? undefined : `numeric (int or float), got ${goValue(value)}`;
    case 'array':
      return given === 'array' ? undefined : `list, got ${goValue(value)}`;
    case 'object':
      return given === 'object' ? undefined : `map, got ${goValue(value)}`;
    default:
      return undefined;
  }
}

/** As Go prints the library's value. */
function goValue(value: unknown): string {
  return typeof value === 'object' ? `&{${goPlain(value)}}` : `&value.valueUnstructured{Value:${goPlain(value)}}`;
}

function goPlain(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goPlain).join(' ')}]`;
  if (isObject(value)) return `map[${Object.entries(value).map(([key, part]) => `${key}:${goPlain(part)}`).join(' ')}]`;
  return value === null ? '<nil>' : JSON.stringify(value).replace(/^"|"$/g, '');
}

function repeated(list: readonly unknown[], schema: StructuralSchema): readonly string[] {
  const type = schema['x-kubernetes-list-type'];
  if (type !== 'map' && type !== 'set') return [];
  const elements = partsOf(schema, list).map(({ element }) => element);
  return elements.filter((element, index) => elements.indexOf(element) < index);
}
