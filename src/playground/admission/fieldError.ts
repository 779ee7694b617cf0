import { marshal, quote } from './goText';

/** One refused field, worded as the API server words it (k8s.io/apimachinery pkg/util/validation/field). */
export interface FieldError {
  /** `spec.schedules[0].cronExpression`; `<nil>` for what concerns no single field. */
  readonly path: string;
  readonly reason: FieldErrorReason;
  /** Without the path: `Unsupported value: "x": supported values: "Delete", "Retain"`. */
  readonly message: string;
}

export type FieldErrorReason =
  | 'FieldValueInvalid'
  | 'FieldValueTypeInvalid'
  | 'FieldValueRequired'
  | 'FieldValueNotSupported'
  | 'FieldValueDuplicate'
  | 'FieldValueForbidden'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'
  | 'FieldValueNotFound';

/** The path of an error that belongs to the object as a whole. */
export const NO_PATH = '<nil>';

export function invalid(path: string, value: unknown, detail: string): FieldError {
  return invalidStruct(path, render(value), detail);
}

/** `rendered`: the value as Go prints it, for what is a struct there (whose fields keep their order). */
export function invalidStruct(path: string, rendered: string, detail: string): FieldError {
  return { path, reason: 'FieldValueInvalid', message: `Invalid value: ${rendered}: ${detail}` };
}

export function typeInvalid(path: string, value: unknown, detail: string): FieldError {
  return { path, reason: 'FieldValueTypeInvalid', message: `Invalid value: ${render(value)}: ${detail}` };
}

export function required(path: string, detail = ''): FieldError {
  return { path, reason: 'FieldValueRequired', message: `Required value${detail === '' ? '' : `: ${detail}`}` };
}

export function notSupported(path: string, value: unknown, supported: readonly unknown[]): FieldError {
  const names = supported.map((one) => quote(typeof one === 'string' ? one : marshal(one)));
  return {
    path,
    reason: 'FieldValueNotSupported',
    message: `Unsupported value: ${render(value)}: supported values: ${names.join(', ')}`,
  };
}

export function duplicate(path: string, value: unknown): FieldError {
  return { path, reason: 'FieldValueDuplicate', message: `Duplicate value: ${render(value)}` };
}

export function forbidden(path: string, detail: string): FieldError {
  return { path, reason: 'FieldValueForbidden', message: `Forbidden: ${detail}` };
}

export function tooLong(path: string, max: number): FieldError {
  return { path, reason: 'FieldValueTooLong', message: `Too long: may not be more than ${max} ${max === 1 ? 'byte' : 'bytes'}` };
}

export function tooMany(path: string, actual: number, max: number): FieldError {
  const items = max === 1 ? 'item' : 'items';
  return { path, reason: 'FieldValueTooMany', message: `Too many: ${actual}: must have at most ${max} ${items}` };
}

function render(value: unknown): string {
  return typeof value === 'string' ? quote(value) : marshal(value);
}
