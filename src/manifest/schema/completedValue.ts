import type { StructuralSchema } from '../../kubeblocks/schema/crd';
import { setField } from '../nodeValue';
import type { YamlNode } from '../yaml/node';
import { defaultedFields, fieldSchema, keepsUnknown } from './schemaOf';
import { isDropped } from './walkSchema';

/**
 * The value as the API server holds it when it evaluates rules: without unknown fields and forbidden nulls, with defaults.
 * @param only of a map the fields that anybody looks at
 */
export function completedValue(node: YamlNode, schema: StructuralSchema, only?: ReadonlySet<string>): unknown {
  if (node.type === 'scalar') return node.value === null && schema.nullable !== true && schema.default !== undefined ? schema.default : node.value;
  if (node.type === 'list') return node.items.map((item) => completedValue(item, schema.items ?? {}));
  const result: Record<string, unknown> = {};
  for (const { key, value, merged } of node.entries) {
    if (only?.has(key) === false) continue;
    const field = fieldSchema(schema, key);
    if (merged === true && Object.hasOwn(result, key)) continue;
    if (field === undefined) {
      if (keepsUnknown(schema)) setField(result, key, completedValue(value, {}));
    } else if (!isDropped(value, field)) {
      setField(result, key, completedValue(value, field));
    }
  }
  addDefaults(result, schema);
  return result;
}

function addDefaults(result: Record<string, unknown>, schema: StructuralSchema): void {
  for (const [key, field] of defaultedFields(schema)) if (!Object.hasOwn(result, key)) setField(result, key, defaultValue(field));
}

/** What stands for a field that is not written. */
export function defaultValue(schema: StructuralSchema): unknown {
  return withDefaults(schema.default, schema);
}

/** A default that is a map gets the defaults of its own fields. */
function withDefaults(value: unknown, schema: StructuralSchema): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const result: Record<string, unknown> = { ...value };
  addDefaults(result, schema);
  return result;
}
