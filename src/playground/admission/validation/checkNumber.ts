import { invalid, type FieldError } from '../fieldError';
import type { Subject } from './check';

export function checkNumber(subject: Subject): FieldError[] {
  return typeof subject.value === 'number' ? [...checkMinimum(subject, subject.value), ...checkMaximum(subject, subject.value)] : [];
}

function checkMinimum({ schema, path }: Subject, value: number): FieldError[] {
  const { minimum, exclusiveMinimum = false } = schema;
  if (minimum === undefined || (exclusiveMinimum ? value > minimum : value >= minimum)) return [];
  return [invalid(path, value, `${path} in body should be greater than ${exclusiveMinimum ? '' : 'or equal to '}${minimum}`)];
}

function checkMaximum({ schema, path }: Subject, value: number): FieldError[] {
  const { maximum, exclusiveMaximum = false } = schema;
  if (maximum === undefined || (exclusiveMaximum ? value < maximum : value <= maximum)) return [];
  return [invalid(path, value, `${path} in body should be less than ${exclusiveMaximum ? '' : 'or equal to '}${maximum}`)];
}
