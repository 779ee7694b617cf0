import { invalid, required, tooMany, type FieldError } from '../fieldError';
import { fieldSchema } from '../fieldSchema';
import { isObject, type JsonObject } from '../json';
import type { Subject } from './check';

export function checkObject(subject: Subject): FieldError[] {
  const { value } = subject;
  if (!isObject(value)) return [];
  return [...checkSize(value, subject), ...checkFields(value, subject), ...checkRequired(value, subject)];
}

function checkSize(object: JsonObject, { schema, path }: Subject): FieldError[] {
  const { minProperties = 0, maxProperties = Infinity } = schema;
  const size = Object.keys(object).length;
  if (size > maxProperties) return [tooMany(path, size, maxProperties)];
  if (size >= minProperties) return [];
  return [invalid(path, size, `${path} in body should have at least ${minProperties} properties`)];
}

function checkFields(object: JsonObject, { schema, path, validate }: Subject): FieldError[] {
  return Object.entries(object).flatMap(([key, value]) => {
    const field = fieldSchema(schema, key);
    return field === undefined ? [] : validate(value, field, childPath(path, key));
  });
}

function checkRequired(object: JsonObject, { schema, path }: Subject): FieldError[] {
  const missing = (schema.required ?? []).filter((key) => !Object.hasOwn(object, key));
  return missing.map((key) => required(childPath(path, key)));
}

function childPath(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
