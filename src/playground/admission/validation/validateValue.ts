import type { StructuralSchema } from '../../../kubeblocks/schema/crd';
import type { FieldError } from '../fieldError';
import type { Check } from './check';
import { checkCombinations } from './checkCombinations';
import { checkEnum } from './checkEnum';
import { checkFormat } from './checkFormat';
import { checkList } from './checkList';
import { checkNumber } from './checkNumber';
import { checkObject } from './checkObject';
import { checkString } from './checkString';
import { checkType } from './checkType';

/** In the order in which the API server judges one value (kube-openapi pkg/validation/validate). */
const CHECKS: readonly Check[] = [checkType, checkCombinations, checkString, checkFormat, checkNumber, checkList, checkEnum, checkObject];
const CHECKS_OF_NULL: readonly Check[] = [checkType, checkEnum];

/** The refusals of a value and everything in it. `path` is empty for the object itself. */
export function validateValue(value: unknown, schema: StructuralSchema, path: string): FieldError[] {
  const checks = value === null ? CHECKS_OF_NULL : CHECKS;
  const subject = { value, schema, path, validate: validateValue };
  const errors: FieldError[] = [];
  for (const check of checks) errors.push(...check(subject));
  return errors;
}
