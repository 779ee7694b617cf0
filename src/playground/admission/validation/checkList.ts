import { invalid, tooMany, type FieldError } from '../fieldError';
import { marshal } from '../goText';
import type { Subject } from './check';

export function checkList({ value, schema, path, validate }: Subject): FieldError[] {
  if (!Array.isArray(value)) return [];
  const { items } = schema;
  const inItems = items === undefined ? [] : value.flatMap((item, index) => validate(item, items, `${path}[${index}]`));
  return [...inItems, ...checkSize(value, schema, path), ...checkUnique(value, schema, path)];
}

function checkSize(list: readonly unknown[], schema: Subject['schema'], path: string): FieldError[] {
  const { minItems = 0, maxItems = Infinity } = schema;
  if (list.length > maxItems) return [tooMany(path, list.length, maxItems)];
  if (list.length >= minItems) return [];
  return [invalid(path, list.length, `${path} in body should have at least ${minItems} items`)];
}

function checkUnique(list: readonly unknown[], schema: Subject['schema'], path: string): FieldError[] {
  if (schema.uniqueItems !== true || new Set(list.map(marshal)).size === list.length) return [];
  return [invalid(path, '', `${path} in body shouldn't contain duplicates`)];
}
