import type { StructuralSchema } from '../../../kubeblocks/schema/crd';
import { compilePattern } from '../../../kubeblocks/schema/compilePattern';
import { invalid, tooLong, type FieldError } from '../fieldError';
import type { Subject } from './check';

/** Length and pattern; only the first that fails is reported. */
export function checkString({ value, schema, path }: Subject): FieldError[] {
  return typeof value === 'string' ? (checkLength(value, schema, path) ?? checkPattern(value, schema, path)) : [];
}

function checkLength(value: string, schema: StructuralSchema, path: string): FieldError[] | undefined {
  const { minLength, maxLength } = schema;
  if (minLength === undefined && maxLength === undefined) return undefined;
  const length = Array.from(value).length;
  if (maxLength !== undefined && length > maxLength) return [tooLong(path, maxLength)];
  if (minLength === undefined || length >= minLength) return undefined;
  return [invalid(path, value, `${path} in body should be at least ${minLength} chars long`)];
}

function checkPattern(value: string, schema: StructuralSchema, path: string): FieldError[] {
  if (schema.pattern === undefined || compilePattern(schema.pattern).test(value)) return [];
  return [invalid(path, value, `${path} in body should match '${schema.pattern}'`)];
}
