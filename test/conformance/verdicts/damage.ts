import type { StructuralSchema } from '../../../src/kubeblocks/schema/crd';
import { fieldSchema } from '../../../src/manifest/schema/schemaOf';
import type { Chance } from './chance';
import { drawValue } from './drawValue';

type Path = readonly (string | number)[];

/** A change of an object: `value` undefined takes away what is there. */
export interface Damage {
  readonly what: string;
  readonly path: Path;
  readonly value: unknown;
}

/** A place in an object, with what the schema says of it (undefined where it says nothing). */
interface Spot {
  readonly path: Path;
  readonly value: unknown;
  readonly schema: StructuralSchema | undefined;
}

type Damager = (spot: Spot, chance: Chance) => Damage | undefined;

/** Something that may be wrong: of an object that was right, the API server may refuse what comes out. */
export function drawDamage(object: unknown, schema: StructuralSchema, chance: Chance): Damage {
  const spots = [...spotsOf(object, schema, [])].filter(({ path }) => path[0] !== 'apiVersion' && path[0] !== 'kind');
  const deep = spots.filter(({ path }) => path.length > 0);
  for (;;) {
    const made = chance.pick(DAMAGERS)(chance.pick(deep.length === 0 ? spots : deep), chance);
    if (made !== undefined && made.path.length > 0 && !namesOtherNamespace(made)) return made;
  }
}

/** That a namespace is not there is nothing a manifest shows. */
function namesOtherNamespace({ path, value }: Damage): boolean {
  return path.join('.') === 'metadata.namespace' && typeof value === 'string' && /^(?:unquoted_.*|[-a-z0-9]{1,63})$/.test(value);
}

function* spotsOf(value: unknown, schema: StructuralSchema | undefined, path: Path): Generator<Spot> {
  yield { path, value, schema };
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* spotsOf(item, schema?.items, [...path, index]);
  else if (isMap(value)) for (const [key, field] of Object.entries(value)) yield* spotsOf(field, schema === undefined ? undefined : fieldSchema(schema, key), [...path, key]);
}

const HEADS: readonly Damage[] = [
  { what: 'head', path: ['kind'], value: undefined },
  { what: 'head', path: ['kind'], value: null },
  { what: 'head', path: ['kind'], value: 7 },
  { what: 'head', path: ['kind'], value: '' },
  { what: 'head', path: ['apiVersion'], value: undefined },
  { what: 'head', path: ['apiVersion'], value: null },
  { what: 'head', path: ['apiVersion'], value: true },
];

const NAMES = ['A', 'a_b', '-a', 'a.', 'a..b', 'x'.repeat(254), 'a/b', '', 'ä', 'a.b-c'];

const UNQUOTED = ['on', 'No', 'y', 'YES', '010', '0x1F', '0b11', '0o17', '1e3', '.5', '1.', '1_000', '~', 'null', 'Null', '12:30:45', '2026-11-23', '2026-11-23T09:58:00Z', '.inf', '-.Inf', '.nan', '+1', '-0', '1e400', '0777', '08', '1__0', 'True', 'tRUE', '=', '<<', '99999999999999999999', '9007199254740993', '1.0', '0.0'];

const DAMAGERS: readonly Damager[] = [
  ({ path, value }, chance) => (isMap(value) ? { what: 'unknown field', path: [...path, chance.pick(['nothing', 'Name', 'x-y', 'spec', '__proto__', 'toString'])], value: chance.pick<unknown>(['a', 1, null, {}, []]) } : undefined),
  ({ path, value, schema }, chance) => misspelt(path, value, schema, chance),
  ({ path, value, schema }, chance) => {
    const required = isMap(value) ? (schema?.required ?? []) : [];
    return required.length === 0 ? undefined : { what: 'missing', path: [...path, chance.pick(required)], value: undefined };
  },
  ({ path }) => ({ what: 'missing', path, value: undefined }),
  ({ path }) => ({ what: 'null', path, value: null }),
  ({ path, value }, chance) => (isMap(value) || Array.isArray(value) ? undefined : { what: 'no quotes', path, value: `unquoted_${chance.pick(UNQUOTED)}` }),
  ({ path }, chance) => ({ what: 'empty', path, value: chance.pick<unknown>(['', {}, []]) }),
  ({ path, value }) => (typeof value === 'string' ? { what: 'empty', path, value: '' } : undefined),
  ({ path }, chance) => ({ what: 'wrong type', path, value: chance.pick<unknown>(['text', 7, 1.5, 3.0, true, [], ['a'], {}, { a: 1 }, -1]) }),
  ({ path, value }) => (Array.isArray(value) ? { what: 'wrong type', path, value: value[0] ?? 'a' } : { what: 'wrong type', path, value: [value] }),
  ({ path, value }) => (typeof value === 'number' || typeof value === 'boolean' ? { what: 'wrong type', path, value: String(value) } : undefined),
  ({ path, value }, chance) => (typeof value === 'number' ? { what: 'bounds', path, value: chance.pick([-1, 0, 1, 101, 2 ** 31, 2 ** 53 + 2, -(2 ** 40), 1e20]) } : undefined),
  ({ path, value, schema }, chance) => (schema?.maxLength !== undefined || (typeof value === 'string' && chance.isOneIn(4)) ? { what: 'bounds', path, value: 'x'.repeat((schema?.maxLength ?? 63) + chance.below(2)) } : undefined),
  ({ path, value, schema }, chance) => (Array.isArray(value) && value.length > 0 ? { what: 'twice in a list', path: [...path, value.length], value: chance.pick<unknown>(value) } : schema?.maxItems !== undefined && Array.isArray(value) ? { what: 'bounds', path, value: Array.from({ length: schema.maxItems + 1 }, (_, index) => ({ name: `a${index}` })) } : undefined),
  ({ path, value, schema }, chance) => (typeof value === 'string' && (schema?.pattern !== undefined || chance.isOneIn(4)) ? { what: 'pattern', path, value: chance.pick(['A b', 'a_', '7 days', '-', 'x'.repeat(300), '2026-11-23T09:58:00+02:00', '2026-13-01T00:00:00Z', 'ä', 'a\n', '\na', '1.5', '12GB', '1e3']) } : undefined),
  ({ path, value, schema }, chance) => (schema?.enum !== undefined && typeof value === 'string' ? { what: 'enum', path, value: chance.pick([value.toLowerCase(), value.toUpperCase(), `${value}s`, 'Other', '']) } : undefined),
  ({ path, value, schema }, chance) => ruled(path, value, schema, chance),
  ({ path, value, schema }, chance) => other(path, value, schema, chance),
  (_, chance) => ({ what: 'metadata', path: ['metadata', chance.pick(['name', 'generateName'])], value: chance.pick(NAMES) }),
  (_, chance) => chance.pick<Damage>([
    { what: 'metadata', path: ['metadata', 'labels'], value: { [chance.pick(NAMES) || 'a']: chance.pick(['a', 'a b', '', 'A_b.c', 'x'.repeat(64)]) } },
    { what: 'metadata', path: ['metadata', 'annotations'], value: { [chance.pick(NAMES) || 'a']: chance.pick<unknown>(['any thing', true, 3, null, {}]) } },
    { what: 'metadata', path: ['metadata', 'finalizers'], value: [chance.pick(NAMES)] },
    { what: 'metadata', path: ['metadata', 'ownerReferences'], value: [{ apiVersion: 'v1', kind: 'Pod', name: chance.pick(['a', '']), uid: 'u', ...(chance.isOneIn(2) && { controller: true }) }] },
    { what: 'metadata', path: ['metadata', chance.pick(['creationTimestamp', 'generation', 'uid', 'resourceVersion', 'managedFields', 'selfLink', 'deletionTimestamp'])], value: chance.pick<unknown>([null, '', 1, '2026-11-23T09:58:00Z', []]) },
  ]),
  (_, chance) => (chance.isOneIn(3) ? chance.pick(HEADS) : undefined),
  (_, chance) => ({ what: 'status', path: ['status'], value: chance.pick<unknown>([{}, null, 'text', { phase: 'Nothing' }, { nothing: 1 }, { phase: 3 }]) }),
];

function misspelt(path: Path, value: unknown, schema: StructuralSchema | undefined, chance: Chance): Damage | undefined {
  if (!isMap(value) || schema?.properties === undefined) return undefined;
  const key = chance.pick(Object.keys(schema.properties));
  const at = chance.below(key.length);
  const wrong = chance.pick([key.slice(0, at) + key.slice(at + 1), key.toLowerCase(), `${key}s`, key.charAt(0).toUpperCase() + key.slice(1)]);
  return { what: 'misspelt', path: [...path, wrong], value: value[key] ?? 'a' };
}

/** Maps with rules: another choice of their fields, which is what most rules are about. */
function ruled(path: Path, value: unknown, schema: StructuralSchema | undefined, chance: Chance): Damage | undefined {
  if (!isMap(value) || schema?.['x-kubernetes-validations'] === undefined) return undefined;
  return other(path, value, schema, chance, 'CEL');
}

/** A field added, or drawn anew. */
function other(path: Path, value: unknown, schema: StructuralSchema | undefined, chance: Chance, what = 'another field'): Damage | undefined {
  if (!isMap(value) || schema?.properties === undefined) return undefined;
  const [key, field] = chance.pick(Object.entries(schema.properties));
  const drawn = Object.hasOwn(value, key) && chance.isOneIn(3) ? undefined : drawValue(field, chance, path.length);
  return { what, path: [...path, key], value: drawn };
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
