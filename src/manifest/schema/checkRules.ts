import * as l10n from '@vscode/l10n';
import type { StructuralSchema, ValidationRule } from '../../kubeblocks/schema/crd';
import type { Path } from '../manifestPath';
import { entryOf, type MapNode, type YamlNode } from '../yaml/node';
import { completedValue, defaultValue } from './completedValue';
import { celValue, evaluateCel, fieldsRead, isTransitionRule, type CelValue } from './evaluateCel';
import { fieldSchema } from './schemaOf';
import type { Report } from './schemaFault';
import { isDropped } from './walkSchema';

/**
 * Evaluates the CEL rules of a schema (`x-kubernetes-validations`) over a tree whose structure is right. What they see is
 * the value as the server completes it; it is made only where rules are.
 */
export function checkRules(node: YamlNode, schema: StructuralSchema, path: Path, report: Report): void {
  if (!hasCreateRules(schema)) return;
  const { rules, fields } = rulesOf(schema);
  if (rules.length > 0) {
    const value = completedValue(node, schema, fields);
    if (value === null || value === undefined) return;
    const self = celValue(value, schema);
    for (const rule of rules) checkRule(rule, self, path, report);
  }
  if (node.type === 'scalar') return;
  if (node.type === 'list') {
    for (const [index, item] of node.items.entries()) checkRules(item, schema.items ?? {}, [...path, index], report);
  } else {
    checkEntries(node, schema, path, report);
  }
}

function checkEntries(map: MapNode, schema: StructuralSchema, path: Path, report: Report): void {
  for (const entry of map.entries) {
    const field = fieldSchema(schema, entry.key);
    if (field === undefined || !hasCreateRules(field) || entryOf(map, entry.key) !== entry || isDropped(entry.value, field)) continue;
    checkRules(entry.value, field, [...path, entry.key], report);
  }
  for (const [key, field] of Object.entries(schema.properties ?? {})) {
    if (field.default === undefined || !hasCreateRules(field)) continue;
    const written = entryOf(map, key);
    if (written === undefined || isDropped(written.value, field)) checkValue(defaultValue(field), field, [...path, key], report);
  }
}

/** @param value of a default, completed. */
function checkValue(value: unknown, schema: StructuralSchema, path: Path, report: Report): void {
  if (!hasCreateRules(schema) || value === null || value === undefined) return;
  const { rules } = rulesOf(schema);
  const self = rules.length === 0 ? undefined : celValue(value, schema);
  for (const rule of rules) checkRule(rule, self, path, report);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) if (schema.items !== undefined) checkValue(item, schema.items, [...path, index], report);
  } else if (typeof value === 'object') {
    for (const [key, field] of Object.entries(value)) checkValue(field, fieldSchema(schema, key) ?? {}, [...path, key], report);
  }
}

function checkRule(rule: ValidationRule, self: CelValue, path: Path, report: Report): void {
  const verdict = evaluateCel(rule, self);
  if ('error' in verdict) {
    report({ code: 'schema/cel', path, part: 'key', message: l10n.t('The API server refuses this, because its rule "{0}" cannot be evaluated: {1}.', rule.rule, verdict.error) });
  } else if (!verdict.holds) {
    report({ code: 'schema/cel', path, part: 'key', message: ruleMessage(rule) });
  }
}

function ruleMessage({ message, rule }: ValidationRule): string {
  return message === undefined ? l10n.t('The API server refuses this: it does not hold that {0}.', rule.replace(/\s+/g, ' ')) : l10n.t('The API server refuses this: {0}.', message.replace(/\.$/, ''));
}

/** What a create must obey, and the fields of the map that it is about. */
interface OwnRules {
  readonly rules: readonly ValidationRule[];
  readonly fields: ReadonlySet<string> | undefined;
}

const NO_RULES: OwnRules = { rules: [], fields: undefined };
const ownRules = new WeakMap<StructuralSchema, OwnRules>();

/** The rules of a schema itself. */
function rulesOf(schema: StructuralSchema): OwnRules {
  const all = schema['x-kubernetes-validations'];
  if (all === undefined) return NO_RULES;
  const known = ownRules.get(schema);
  if (known !== undefined) return known;
  const rules = all.filter((rule) => !isTransitionRule(rule));
  const found = { rules, fields: fieldsRead(rules) };
  ownRules.set(schema, found);
  return found;
}

const known = new WeakMap<StructuralSchema, boolean>();

/** Whether a rule that a create must obey is anywhere below. */
export function hasCreateRules(schema: StructuralSchema): boolean {
  const answer = known.get(schema);
  if (answer !== undefined) return answer;
  const { properties = {}, items, additionalProperties } = schema;
  const below = [...Object.values(properties), ...(items === undefined ? [] : [items]), ...(typeof additionalProperties === 'object' ? [additionalProperties] : [])];
  const found = rulesOf(schema).rules.length > 0 || below.some(hasCreateRules);
  known.set(schema, found);
  return found;
}
