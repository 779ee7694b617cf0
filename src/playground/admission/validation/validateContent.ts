import type { StructuralSchema } from '../../../kubeblocks/schema/crd';
import { NO_PATH, type FieldError } from '../fieldError';
import type { JsonObject } from '../json';
import { validateListKeys } from './validateListKeys';
import { validateValue } from './validateValue';

export function validateObject(object: JsonObject, schema: StructuralSchema): FieldError[] {
  return [...withoutRepeats(validateValue(object, schema, '')), ...validateListKeys(object, schema)];
}

/** A write to status is judged as if status were the whole object; only the paths then tell where it stands. */
export function validateStatus({ status }: JsonObject, schema: StructuralSchema): FieldError[] {
  const statusSchema = schema.properties?.['status'];
  if (status === undefined || statusSchema === undefined) return [];
  const errors = withoutRepeats(validateValue(status, statusSchema, '')).map(belowStatus);
  return [...errors, ...validateListKeys(status, statusSchema, 'status')];
}

function belowStatus(error: FieldError): FieldError {
  return { ...error, path: error.path === '' || error.path === NO_PATH ? 'status' : `status.${error.path}` };
}

/** Several schemas of one value (allOf) may say the same. */
function withoutRepeats(errors: readonly FieldError[]): FieldError[] {
  const byText = new Map(errors.map((error) => [`${error.path} ${error.message}`, error]));
  return [...byText.values()];
}
