import type { StructuralSchema } from '../../kubeblocks/schema/crd';
import type { Path } from '../manifestPath';

/** What describes a field of a map; undefined where the schema does not know it. */
export function fieldSchema(schema: StructuralSchema, key: string): StructuralSchema | undefined {
  const { properties, additionalProperties } = schema;
  if (properties !== undefined && Object.hasOwn(properties, key)) return properties[key];
  if (additionalProperties === true) return KEEPS_ALL;
  return additionalProperties === false ? undefined : additionalProperties;
}

/** The schema at a path below a schema. */
export function schemaAt(schema: StructuralSchema | undefined, path: Path): StructuralSchema | undefined {
  return path.reduce<StructuralSchema | undefined>((at, step) => (at === undefined ? undefined : typeof step === 'number' ? at.items : fieldSchema(at, step)), schema);
}

export type DefaultedField = readonly [key: string, schema: StructuralSchema];

const defaulted = new WeakMap<StructuralSchema, readonly DefaultedField[]>();

/** The fields of a map that stand for themselves where they are not written. */
export function defaultedFields(schema: StructuralSchema): readonly DefaultedField[] {
  const known = defaulted.get(schema);
  if (known !== undefined) return known;
  const found = Object.entries(schema.properties ?? {}).filter(([, field]) => field.default !== undefined);
  defaulted.set(schema, found);
  return found;
}

export function keepsUnknown(schema: StructuralSchema): boolean {
  return schema['x-kubernetes-preserve-unknown-fields'] === true;
}

const KEEPS_ALL: StructuralSchema = { 'x-kubernetes-preserve-unknown-fields': true };
