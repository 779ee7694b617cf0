import type { StructuralSchema } from '../../kubeblocks/schema/crd';
import { fieldSchema } from './fieldSchema';
import { isObject, mapValues, type JsonObject } from './json';

/**
 * Fills in defaults (apiextensions-apiserver pkg/apiserver/schema/defaulting). A null that the schema does not allow is
 * replaced by the default where there is one and left out where there is none; in a list it stays, to be refused.
 */
export function applyDefaults(value: unknown, schema: StructuralSchema | undefined): unknown {
  if (schema === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => defaultItem(item, schema.items));
  return isObject(value) ? defaultFields(value, schema) : value;
}

function defaultFields(object: JsonObject, schema: StructuralSchema): JsonObject {
  const given = mapValues(object, (value, key) => {
    const field = fieldSchema(schema, key);
    return applyDefaults(isForbiddenNull(value, field) ? field?.default : value, field);
  });
  const missing = defaultsOf(schema).filter(([key]) => !Object.hasOwn(given, key));
  if (missing.length === 0) return given;
  return { ...given, ...Object.fromEntries(missing.map(([key, field]) => [key, applyDefaults(field.default, field)])) };
}

type Default = readonly [key: string, field: StructuralSchema];
const defaultsBySchema = new WeakMap<StructuralSchema, readonly Default[]>();

/** The fields with a default, looked for once a schema: most have none, and every object passes here. */
function defaultsOf(schema: StructuralSchema): readonly Default[] {
  const known = defaultsBySchema.get(schema);
  if (known !== undefined) return known;
  const found = Object.entries(schema.properties ?? {}).filter(([, field]) => field.default !== undefined);
  defaultsBySchema.set(schema, found);
  return found;
}

function defaultItem(item: unknown, schema: StructuralSchema | undefined): unknown {
  return applyDefaults(isForbiddenNull(item, schema) ? (schema?.default ?? null) : item, schema);
}

function isForbiddenNull(value: unknown, schema: StructuralSchema | undefined): boolean {
  return value === null && schema !== undefined && schema.nullable !== true;
}
