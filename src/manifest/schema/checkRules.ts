import * as l10n from '@vscode/l10n';
import type { StructuralSchema, ValidationRule } from '../../kubeblocks/schema/crd';
import type { Path } from '../manifestPath';
import { evaluateCel, isTransitionRule } from './evaluateCel';
import { fieldSchema } from './schemaOf';
import type { Report } from './schemaFault';

/** Evaluates the CEL rules of a schema (`x-kubernetes-validations`) over a completed value whose structure is right. */
export function checkRules(value: unknown, schema: StructuralSchema, path: Path, report: Report): void {
  if (!hasCreateRules(schema) || value === null || value === undefined) return;
  for (const rule of schema['x-kubernetes-validations'] ?? []) if (!isTransitionRule(rule)) checkRule(rule, value, schema, path, report);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) if (schema.items !== undefined) checkRules(item, schema.items, [...path, index], report);
  } else if (typeof value === 'object') {
    for (const [key, field] of Object.entries(value)) checkRules(field, fieldSchema(schema, key) ?? {}, [...path, key], report);
  }
}

function checkRule(rule: ValidationRule, value: unknown, schema: StructuralSchema, path: Path, report: Report): void {
  const verdict = evaluateCel(rule, value, schema);
  if ('error' in verdict) {
    report({ code: 'schema/cel', path, part: 'key', message: l10n.t('The API server refuses this, because its rule "{0}" cannot be evaluated: {1}.', rule.rule, verdict.error) });
  } else if (!verdict.holds) {
    report({ code: 'schema/cel', path, part: 'key', message: ruleMessage(rule) });
  }
}

function ruleMessage({ message, rule }: ValidationRule): string {
  return message === undefined ? l10n.t('The API server refuses this: it does not hold that {0}.', rule.replace(/\s+/g, ' ')) : l10n.t('The API server refuses this: {0}.', message.replace(/\.$/, ''));
}

const known = new WeakMap<StructuralSchema, boolean>();

/** Whether a rule that a create must obey is anywhere below. */
export function hasCreateRules(schema: StructuralSchema): boolean {
  const answer = known.get(schema);
  if (answer !== undefined) return answer;
  const { properties = {}, items, additionalProperties } = schema;
  const below = [...Object.values(properties), ...(items === undefined ? [] : [items]), ...(typeof additionalProperties === 'object' ? [additionalProperties] : [])];
  const found = schema['x-kubernetes-validations']?.some((rule) => !isTransitionRule(rule)) === true || below.some(hasCreateRules);
  known.set(schema, found);
  return found;
}
