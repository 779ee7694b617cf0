import type { StructuralSchema } from '../../kubeblocks/schema/crd';
import { fieldSchema } from './fieldSchema';
import { isObject, mapValues, type JsonObject } from './json';

const TYPE_AND_META = new Set(['apiVersion', 'kind', 'metadata']);

export interface Pruned {
  readonly object: JsonObject;
  /** Sorted, as the API server reports them. */
  readonly unknownFields: readonly string[];
}

/**
 * Takes away the fields the schema does not name (apiextensions-apiserver pkg/apiserver/schema/pruning). apiVersion,
 * kind and metadata of the object itself are not looked at.
 */
export function pruneUnknown(object: JsonObject, schema: StructuralSchema): Pruned {
  const unknown: string[] = [];
  const pruned = pruneObject(object, { ...schema, 'x-kubernetes-embedded-resource': true }, '', unknown);
  return { object: pruned, unknownFields: unknown.sort() };
}

function prune(value: unknown, schema: StructuralSchema | undefined, path: string, unknown: string[]): unknown {
  if (Array.isArray(value)) return value.map((item, index) => prune(item, itemSchema(schema), `${path}[${index}]`, unknown));
  return isObject(value) ? pruneObject(value, schema ?? {}, path, unknown) : value;
}

function pruneObject(object: JsonObject, schema: StructuralSchema, path: string, unknown: string[]): JsonObject {
  const keepsUnknown = schema['x-kubernetes-preserve-unknown-fields'] === true;
  return mapValues(object, (value, key) => {
    const keyPath = path === '' ? key : `${path}.${key}`;
    if (schema['x-kubernetes-embedded-resource'] === true && TYPE_AND_META.has(key)) return value;
    const field = fieldSchema(schema, key);
    if (field !== undefined) return prune(value, field, keyPath, unknown);
    if (keepsUnknown) return value;
    unknown.push(keyPath);
    return undefined;
  });
}

/** Below a list that keeps unknown fields everything is kept, also without a schema of its items. */
function itemSchema(schema: StructuralSchema | undefined): StructuralSchema | undefined {
  if (schema?.['x-kubernetes-preserve-unknown-fields'] !== true) return schema?.items;
  return { ...schema.items, 'x-kubernetes-preserve-unknown-fields': true };
}
