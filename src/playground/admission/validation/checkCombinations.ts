import type { StructuralSchema } from '../../../kubeblocks/schema/crd';
import { invalid, NO_PATH, type FieldError } from '../fieldError';
import { quote } from '../goText';
import type { Subject } from './check';

/** anyOf, oneOf, allOf and not. Their own errors name no field; the path stands in the text. */
export function checkCombinations(subject: Subject): FieldError[] {
  return [...checkAnyOf(subject), ...checkOneOf(subject), ...checkAllOf(subject), ...checkNot(subject)];
}

function checkAnyOf(subject: Subject): FieldError[] {
  if (subject.schema.anyOf === undefined) return [];
  const results = judge(subject, subject.schema.anyOf);
  if (results.some(isValid)) return [];
  return [whole(subject, 'must validate at least one schema (anyOf)'), ...(results[0] ?? [])];
}

function checkOneOf(subject: Subject): FieldError[] {
  if (subject.schema.oneOf === undefined) return [];
  const results = judge(subject, subject.schema.oneOf);
  const valid = results.filter(isValid).length;
  if (valid === 1) return [];
  const found = valid === 0 ? 'Found none valid' : `Found ${valid} valid alternatives`;
  return [whole(subject, `must validate one and only one schema (oneOf). ${found}`), ...(valid === 0 ? (results[0] ?? []) : [])];
}

function checkAllOf(subject: Subject): FieldError[] {
  if (subject.schema.allOf === undefined) return [];
  const results = judge(subject, subject.schema.allOf);
  if (results.every(isValid)) return [];
  const none = results.some(isValid) ? '' : '. None validated';
  return [...results.flat(), whole(subject, `must validate all the schemas (allOf)${none}`)];
}

function checkNot(subject: Subject): FieldError[] {
  if (subject.schema.not === undefined || !judge(subject, [subject.schema.not]).every(isValid)) return [];
  return [whole(subject, 'must not validate the schema (not)')];
}

function judge({ value, path, validate }: Subject, schemas: readonly StructuralSchema[]): FieldError[][] {
  return schemas.map((schema) => validate(value, schema, path));
}

function isValid(errors: readonly FieldError[]): boolean {
  return errors.length === 0;
}

function whole({ path }: Subject, text: string): FieldError {
  return invalid(NO_PATH, '', `${quote(path)} ${text}`);
}
