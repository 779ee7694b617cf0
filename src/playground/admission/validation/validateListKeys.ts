import type { StructuralSchema } from '../../../kubeblocks/schema/crd';
import { duplicate, invalid, type FieldError } from '../fieldError';
import { marshal } from '../goText';
import { isObject, type JsonObject } from '../json';

/**
 * Lists of type `set` hold no item twice, lists of type `map` no key twice (apiextensions-apiserver
 * pkg/apiserver/schema/listtype).
 */
export function validateListKeys(value: unknown, schema: StructuralSchema, path = ''): FieldError[] {
  if (Array.isArray(value)) return validateList(value, schema, path);
  return isObject(value) ? Object.entries(value).flatMap(([key, field]) => validateField(key, field, schema, path)) : [];
}

function validateField(key: string, value: unknown, schema: StructuralSchema, path: string): FieldError[] {
  const property = schema.properties !== undefined && Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined;
  if (property !== undefined) return validateListKeys(value, property, path === '' ? key : `${path}.${key}`);
  return typeof schema.additionalProperties === 'object' ? validateListKeys(value, schema.additionalProperties, `${path}[${key}]`) : [];
}

function validateList(list: readonly unknown[], schema: StructuralSchema, path: string): FieldError[] {
  const { items } = schema;
  const inItems = items === undefined ? [] : list.flatMap((item, index) => validateListKeys(item, items, `${path}[${index}]`));
  return [...checkKeys(list, schema, path), ...inItems];
}

function checkKeys(list: readonly unknown[], schema: StructuralSchema, path: string): FieldError[] {
  switch (schema['x-kubernetes-list-type']) {
    case 'set':
      return repeated(list, path);
    case 'map':
      return checkMap(list, schema['x-kubernetes-list-map-keys'] ?? [], path);
    default:
      return [];
  }
}

function checkMap(list: readonly unknown[], keys: readonly string[], path: string): FieldError[] {
  const stray = list.findIndex((item) => item !== null && !isObject(item));
  if (stray >= 0) return [invalid(`${path}[${stray}]`, list[stray], 'must be an object for an array of list-type map')];
  return repeated(list.map((item) => keyOf(item as JsonObject | null, keys)), path);
}

/** The fields of an item that tell it from the others. */
export function keyOf(item: JsonObject | null, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(item ?? {}).filter(([key]) => keys.includes(key)));
}

/** An error at the second appearance of each value, none at further ones. */
function repeated(values: readonly unknown[], path: string): FieldError[] {
  const seen = new Map<string, number>();
  return values.flatMap((value, index) => {
    const text = marshal(value);
    const times = seen.get(text) ?? 0;
    seen.set(text, times + 1);
    return times === 1 ? [duplicate(`${path}[${index}]`, value)] : [];
  });
}
