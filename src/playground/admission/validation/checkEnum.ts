import { notSupported, type FieldError } from '../fieldError';
import type { Subject } from './check';

export function checkEnum({ value, schema, path }: Subject): FieldError[] {
  if (schema.enum === undefined || schema.enum.includes(value)) return [];
  return [notSupported(path, value, schema.enum)];
}
