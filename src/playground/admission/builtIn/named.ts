import { duplicate, invalid, required, type FieldError } from '../fieldError';
import { isObject, type JsonObject } from '../json';
import { faultsOfLabel } from '../metadata/names';

/** Of containers, volumes and the like: a name that is there, a label, and nobody else's in the list. */
export function nameErrors({ name }: JsonObject, before: readonly JsonObject[], path: string): readonly FieldError[] {
  if (isMissing(name)) return [required(`${path}.name`)];
  const faults = faultsOfLabel(String(name)).map((fault) => invalid(`${path}.name`, name, fault));
  if (faults.length > 0) return faults;
  return before.some((other) => other.name === name) ? [duplicate(`${path}.name`, name)] : [];
}

/** Go does not tell an empty text from none. */
export function isMissing(value: unknown): boolean {
  return value === undefined || value === '';
}

export function listOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
