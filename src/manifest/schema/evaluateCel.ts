import { Environment, type ParseResult } from '@marcbachmann/cel-js';
import type { StructuralSchema, ValidationRule } from '../../kubeblocks/schema/crd';

/** What came of a rule: it holds, it does not, or it could not be evaluated (which the API server takes as refused). */
export type CelVerdict = { readonly holds: boolean } | { readonly error: string };

/** A rule about a change, which says nothing about an object that is created. */
export function isTransitionRule({ rule, optionalOldSelf }: ValidationRule): boolean {
  return optionalOldSelf !== true && /\boldSelf\b/.test(rule);
}

/** The fields of a map that rules read; undefined where they may look at all of it. */
export function fieldsRead(rules: readonly ValidationRule[]): ReadonlySet<string> | undefined {
  const fields = new Set<string>();
  for (const { rule } of rules) {
    const rest = rule.replace(/\bself\.([A-Za-z_]\w*)\b(?!\s*\()/g, (_, field: string) => {
      fields.add(field);
      return '';
    });
    if (/\bself\b/.test(rest)) return undefined;
  }
  return fields;
}

const parsed = new Map<string, ParseResult | string>();
let environment: Environment | undefined;

/** A value as CEL has it, made by `celValue`. */
export type CelValue = unknown;

export function evaluateCel({ rule }: ValidationRule, self: CelValue): CelVerdict {
  const program = parsed.get(rule) ?? parseRule(rule);
  if (typeof program === 'string') return { holds: true };
  try {
    return { holds: program({ self }) === true };
  } catch (error) {
    return { error: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
  }
}

/** Whether the library understands the rule; what it does not is left to the API server. */
export function isReadableRule({ rule }: ValidationRule): boolean {
  return typeof (parsed.get(rule) ?? parseRule(rule)) !== 'string';
}

/** The program, or why there is none. */
function parseRule(rule: string): ParseResult | string {
  environment ??= new Environment({ unlistedVariablesAreDyn: true });
  let program: ParseResult | string;
  try {
    program = environment.parse(rule);
  } catch (error) {
    program = error instanceof Error ? error.message : String(error);
  }
  parsed.set(rule, program);
  return program;
}

/** Whole numbers are ints in CEL, and JSON does not tell them from doubles: the schema does. @param value as the schema completes it. */
export function celValue(value: unknown, schema: StructuralSchema | undefined): CelValue {
  if (typeof value === 'number') return schema?.type === 'number' || !Number.isSafeInteger(value) ? value : BigInt(value);
  if (Array.isArray(value)) return value.map((item) => celValue(item, schema?.items));
  if (typeof value !== 'object' || value === null) return value;
  const { properties = {}, additionalProperties } = schema ?? {};
  const rest = typeof additionalProperties === 'object' ? additionalProperties : undefined;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, celValue(field, Object.hasOwn(properties, key) ? properties[key] : rest)]));
}
