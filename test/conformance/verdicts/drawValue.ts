import { compilePattern } from '../../../src/kubeblocks/schema/compilePattern';
import type { StructuralSchema } from '../../../src/kubeblocks/schema/crd';
import type { Chance } from './chance';

/** Texts that some pattern or other of the CRDs takes. */
const MATCHING = ['a', 'full', 'pg-basebackup', '7d', '1y2mo3w4d5h6m', '2026-11-23T09:58:00Z', '10Gi', '500m', '1', '0', '0 18 * * *', 'v1.2.3', '1.0.0', 'data/pg', 'kubeblocks.io/name', 'NAME', 'apps.kubeblocks.io', '^(a|b)$', 'http://minio:9000'];

/** Texts that are harmless in quotes, and some of which are not text without them. */
const TEXTS = [...MATCHING, 'on', 'No', 'y', '010', '0x1F', '1e3', '.5', '1_000', '~', 'null', '12:30:45', '2026-11-23', '', ' a', 'a: b', 'a #b', '- a', 'äöü', '\u{1f600}', 'two\nlines\n', 'one\n\n  two', '*', '&a', '!a', '%a', '@a', '`a`', '"', "'", '\\', 'a\tb', '$(VAR)'];

const DEEPEST = 7;

/** A value that the schema takes, mostly: patterns, bounds and enums are heeded, rules (CEL) are not. Undefined where none was found. */
export function drawValue(schema: StructuralSchema, chance: Chance, depth = 0): unknown {
  if (schema.enum !== undefined && schema.enum.length > 0) return chance.pick(schema.enum);
  if (schema['x-kubernetes-int-or-string'] === true) return chance.isOneIn(2) ? chance.below(100) : chance.pick(['10Gi', '500m', '1', '25%']);
  switch (schema.type) {
    case 'object':
      return drawMap(schema, chance, depth);
    case 'array':
      return drawList(schema, chance, depth);
    case 'string':
      return drawText(schema, chance);
    case 'integer':
      return drawWhole(schema, chance);
    case 'number':
      return drawWhole(schema, chance) + chance.pick([0, 0.5]);
    case 'boolean':
      return chance.isOneIn(2);
    default:
      return chance.pick<unknown>([{ any: ['thing', 1] }, 'text', 3, true]);
  }
}

function drawMap(schema: StructuralSchema, chance: Chance, depth: number): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  const { properties = {}, required = [], additionalProperties } = schema;
  const often = depth === 0 ? 1 : depth < 3 ? 3 : 6;
  for (const [key, field] of Object.entries(properties)) {
    const isWanted = required.includes(key) ? field.default === undefined || chance.isOneIn(2) : depth < DEEPEST && chance.isOneIn(often);
    const value = isWanted ? drawValue(field, chance, depth + 1) : undefined;
    if (value !== undefined) made[key] = value;
  }
  if (additionalProperties !== undefined && additionalProperties !== false) {
    const of = additionalProperties === true ? {} : additionalProperties;
    for (const key of ['a', 'app.kubernetes.io/name', 'B_c']) if (chance.isOneIn(2)) made[key] = drawValue(of, chance, depth + 1);
  }
  if (schema['x-kubernetes-preserve-unknown-fields'] === true && chance.isOneIn(2)) made['kept'] = { as: ['it', null, 'is'] };
  return made;
}

function drawList({ items = {}, minItems = 0, maxItems = Infinity }: StructuralSchema, chance: Chance, depth: number): unknown[] {
  const length = Math.min(Math.max(minItems, chance.pick([0, 1, 1, 1, 2])), maxItems);
  return Array.from({ length }, () => drawValue(items, chance, depth + 1)).filter((item) => item !== undefined);
}

function drawText({ pattern, minLength = 0, maxLength = Infinity, format, allOf = [] }: StructuralSchema, chance: Chance): string | undefined {
  if (format === 'date-time') return chance.pick(['2026-11-23T09:58:00Z', '2026-02-28T23:59:59.5+02:00']);
  const patterns = [pattern, ...allOf.map((each) => each.pattern)].filter((each) => each !== undefined).map(compilePattern);
  const fitting = (patterns.length === 0 ? TEXTS : MATCHING).filter((text) => patterns.every((each) => each.test(text)) && text.length >= minLength && text.length <= maxLength);
  return fitting.length === 0 ? undefined : chance.pick(fitting);
}

function drawWhole({ minimum = 0, maximum = minimum + 100 }: StructuralSchema, chance: Chance): number {
  return chance.pick([minimum, maximum, minimum + chance.below(Math.max(1, maximum - minimum)), Math.min(maximum, minimum + 3)]);
}
