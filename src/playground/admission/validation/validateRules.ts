import type { StructuralSchema, ValidationRule } from '../../../kubeblocks/schema/crd';
import { isSame } from '../../store/isSame';
import { duplicate, forbidden, invalid, required, type FieldError } from '../fieldError';
import { fieldSchema } from '../fieldSchema';
import { hasRules } from '../hasRules';
import { isObject } from '../json';
import { celValue, evaluate, type Variables } from './celExpression';
import { keyOf } from './validateListKeys';

interface Place {
  readonly value: unknown;
  /** What stood here before; undefined where nothing comparable did. */
  readonly old: unknown;
  readonly schema: StructuralSchema;
  readonly path: string;
}

/**
 * The CEL rules of a value and of everything in it (apiextensions-apiserver pkg/apiserver/schema/cel). What an update
 * leaves as it was is not judged again.
 */
export function validateRules(place: Place): FieldError[] {
  const { value, schema } = place;
  if (value === null || value === undefined || !hasRules(schema)) return [];
  const own = (schema['x-kubernetes-validations'] ?? []).flatMap((rule) => judge(rule, place));
  return [...own, ...partsOf(place).flatMap(validateRules)];
}

function partsOf({ value, old, schema, path }: Place): readonly Place[] {
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    const { items } = schema;
    return items === undefined ? [] : list.map((item, index) => ({ value: item, old: oldItem(item, old, schema), schema: items, path: `${path}[${index}]` }));
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const field = fieldSchema(schema, key);
    if (field === undefined) return [];
    const named = schema.properties !== undefined && Object.hasOwn(schema.properties, key);
    const below = named ? (path === '' ? key : `${path}.${key}`) : `${path}[${key}]`;
    return [{ value: part, old: isObject(old) ? old[key] : undefined, schema: field, path: below }];
  });
}

/** Only items of a list of type map can be told from each other. */
function oldItem(item: unknown, old: unknown, schema: StructuralSchema): unknown {
  if (!Array.isArray(old) || schema['x-kubernetes-list-type'] !== 'map' || !isObject(item)) return undefined;
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const key = keyOf(item, keys);
  return old.find((other) => isObject(other) && isSame(keyOf(other, keys), key)) as unknown;
}

const USES_OLD = /\boldSelf\b/;

function judge(rule: ValidationRule, { value, old, schema, path }: Place): FieldError[] {
  const isTransition = USES_OLD.test(rule.rule);
  if (isTransition && old === undefined && rule.optionalOldSelf !== true) return [];
  const isUnchanged = !isTransition && old !== undefined && isSame(value, old);
  if (isUnchanged) return [];
  const variables: Variables = { self: celValue(value, schema), ...(old !== undefined && { oldSelf: celValue(old, schema) }) };
  const type = schema.type ?? '';
  const result = evaluate(rule.rule, variables);
  if ('error' in result) return [invalid(path || NOWHERE, type, errorText(result.error, rule))];
  if (result.value === true) return [];
  const at = rule.fieldPath === undefined ? path : `${path}${rule.fieldPath}`.replace(/^\./, '');
  return [refusal(rule, at || NOWHERE, type, messageOf(rule, variables))];
}

/** As an API server writes the path of the object itself. */
const NOWHERE = '<nil>';

function errorText(error: string, rule: ValidationRule): string {
  const about = (rule.message ?? rule.rule).trim();
  if (!error.startsWith('no such overload')) return `${error} evaluating rule: ${about}`;
  return `'${error}': call arguments did not match a supported operator, function or macro signature for rule: ${about}`;
}

function messageOf(rule: ValidationRule, variables: Variables): string {
  const made = rule.messageExpression === undefined ? undefined : evaluate(rule.messageExpression, variables);
  if (made !== undefined && 'value' in made && typeof made.value === 'string') {
    const text = made.value.trim();
    if (text !== '' && !text.includes('\n')) return text;
  }
  return rule.message === undefined || rule.message === '' ? `failed rule: ${rule.rule.trim()}` : rule.message.trim();
}

function refusal({ reason }: ValidationRule, path: string, type: string, message: string): FieldError {
  switch (reason) {
    case 'FieldValueForbidden':
      return forbidden(path, message);
    case 'FieldValueRequired':
      return required(path, message);
    case 'FieldValueDuplicate':
      return duplicate(path, type);
    default:
      return invalid(path, type, message);
  }
}
