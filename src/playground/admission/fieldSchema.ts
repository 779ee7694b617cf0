import type { StructuralSchema } from '../../kubeblocks/schema/crd';

/** What describes this field; an empty schema (which keeps nothing below it) where any value is allowed by `true`. */
export function fieldSchema(schema: StructuralSchema, key: string): StructuralSchema | undefined {
  if (schema.properties !== undefined && Object.hasOwn(schema.properties, key)) return schema.properties[key];
  if (schema.additionalProperties === true) return {};
  return schema.additionalProperties === false ? undefined : schema.additionalProperties;
}
