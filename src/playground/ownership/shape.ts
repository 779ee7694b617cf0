import type { StructuralSchema } from '../../kubeblocks/schema/crd';
import { fieldSchema } from '../admission/fieldSchema';
import { isObject } from '../admission/json';
import { fieldElement, keyElement, valueElement, type PathElement } from './pathElement';

type Schema = StructuralSchema | undefined;

/** A value's parts, each with the element that names it; `undefined` for what is owned as a whole. */
export type Parts = readonly Part[];

export interface Part {
  readonly element: PathElement;
  readonly value: unknown;
  readonly schema: Schema;
}

/**
 * Whether a value like these is owned part by part (kube-openapi pkg/schemaconv): maps and structs, unless they are
 * `atomic`; lists only where they are sets or maps. What no schema describes goes by its own form.
 */
export function isGranular(schema: Schema, value: unknown): boolean {
  if (Array.isArray(value)) {
    const type = schema?.['x-kubernetes-list-type'];
    return type === 'set' || type === 'map';
  }
  return isObject(value) && schema?.['x-kubernetes-map-type'] !== 'atomic';
}

/** The parts of a granular value, in its order. */
export function partsOf(schema: Schema, value: unknown): Parts {
  if (Array.isArray(value)) return value.map((item: unknown) => ({ element: itemElement(schema, item), value: item, schema: schema?.items }));
  if (!isObject(value)) return [];
  return Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .map(([name, part]) => ({ element: fieldElement(name), value: part, schema: childSchema(schema, name) }));
}

export function childSchema(schema: Schema, name: string): Schema {
  return schema === undefined ? undefined : fieldSchema(schema, name);
}

/** A field that the schema names, not a key of a free map. */
export function isNamed(schema: Schema, element: PathElement): boolean {
  return element.startsWith('f:') && schema?.properties !== undefined && Object.hasOwn(schema.properties, element.slice(2));
}

function itemElement(schema: Schema, item: unknown): PathElement {
  if (schema?.['x-kubernetes-list-type'] !== 'map') return valueElement(item);
  const { items, 'x-kubernetes-list-map-keys': keys = [] } = schema;
  const given = isObject(item) ? item : {};
  const entries = keys.map((key) => [key, given[key] ?? items?.properties?.[key]?.default ?? KEY_DEFAULTS[key]] as const);
  return keyElement(Object.fromEntries(entries.filter(([, value]) => value !== undefined)));
}

/** The one key of Kubernetes' own lists that has a default: a port's. */
const KEY_DEFAULTS: Readonly<Record<string, unknown>> = { protocol: 'TCP' };
