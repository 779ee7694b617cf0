import * as l10n from '@vscode/l10n';
import type { StructuralSchema, ValidationRule } from '../../kubeblocks/schema/crd';
import type { Path } from '../manifestPath';
import { entryOf, type MapNode, type YamlNode } from '../yaml/node';
import { completedValue, defaultValue } from './completedValue';
import { celValue, evaluateCel, fieldsRead, isTransitionRule, type CelVerdict } from './evaluateCel';
import { defaultedFields, fieldSchema } from './schemaOf';
import type { Report } from './schemaFault';
import { isDropped } from './walkSchema';

/**
 * Evaluates the CEL rules of a schema (`x-kubernetes-validations`) over a tree whose structure is right. What they see is
 * the value as the server completes it; it is made only where rules are.
 */
export function checkRules(node: YamlNode, schema: StructuralSchema, path: Path, report: Report): void {
  if (!hasCreateRules(schema)) return;
  const own = rulesOf(schema);
  if (own.rules.length > 0) {
    const value = completedValue(node, schema, own.fields);
    if (value === null || value === undefined) return;
    checkOwn(own, value, schema, path, report);
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
  for (const [key, field] of defaultedFields(schema)) {
    if (!hasCreateRules(field)) continue;
    const written = entryOf(map, key);
    if (written === undefined || isDropped(written.value, field)) checkValue(defaultValue(field), field, [...path, key], report);
  }
}

/** @param value of a default, completed. */
function checkValue(value: unknown, schema: StructuralSchema, path: Path, report: Report): void {
  if (!hasCreateRules(schema) || value === null || value === undefined) return;
  const own = rulesOf(schema);
  if (own.rules.length > 0) checkOwn(own, value, schema, path, report);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) if (schema.items !== undefined) checkValue(item, schema.items, [...path, index], report);
  } else if (typeof value === 'object') {
    for (const [key, field] of Object.entries(value)) checkValue(field, fieldSchema(schema, key) ?? {}, [...path, key], report);
  }
}

/** @param value as the server completes it. */
function checkOwn(own: OwnRules, value: unknown, schema: StructuralSchema, path: Path, report: Report): void {
  const verdicts = verdictsOf(own, value, schema);
  for (const [index, rule] of own.rules.entries()) tell(rule, verdicts[index] ?? { holds: true }, path, report);
}

/** Longer values (characters) are hardly the same twice. */
const LONGEST_KNOWN = 500;
const MOST_KNOWN = 200;

/** The same few values stand in most manifests, and a rule looks at nothing else. */
function verdictsOf({ rules, verdicts }: OwnRules, value: unknown, schema: StructuralSchema): readonly CelVerdict[] {
  const key = JSON.stringify(value);
  const known = verdicts.get(key);
  if (known !== undefined) return known;
  const self = celValue(value, schema);
  const found = rules.map((rule) => evaluateCel(rule, self));
  if (key.length <= LONGEST_KNOWN) {
    if (verdicts.size >= MOST_KNOWN) verdicts.clear();
    verdicts.set(key, found);
  }
  return found;
}

function tell(rule: ValidationRule, verdict: CelVerdict, path: Path, report: Report): void {
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
  /** Of each rule, by the value as JSON. */
  readonly verdicts: Map<string, readonly CelVerdict[]>;
}

const NO_RULES: OwnRules = { rules: [], fields: undefined, verdicts: new Map() };
const ownRules = new WeakMap<StructuralSchema, OwnRules>();

/** The rules of a schema itself. */
function rulesOf(schema: StructuralSchema): OwnRules {
  const all = schema['x-kubernetes-validations'];
  if (all === undefined) return NO_RULES;
  const known = ownRules.get(schema);
  if (known !== undefined) return known;
  const rules = all.filter((rule) => !isTransitionRule(rule));
  const found = { rules, fields: fieldsRead(rules), verdicts: new Map<string, readonly CelVerdict[]>() };
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
