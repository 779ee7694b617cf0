import type { StructuralSchema } from '../../../kubeblocks/schema/crd';
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
  if (schema.pattern === undefined || regularExpression(schema.pattern).test(value)) return [];
  return [invalid(path, value, `${path} in body should match '${schema.pattern}'`)];
}

const compiled = new Map<string, RegExp>();

/** Patterns come from the bundled schemas only, so their number is bounded. */
function regularExpression(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const expression = new RegExp(pattern);
  compiled.set(pattern, expression);
  return expression;
}
