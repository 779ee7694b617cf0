import type { StructuralSchema } from '../../kubeblocks/schema/crd';
import { isObject } from '../admission/json';
import type { FieldSet } from './fieldSet';
import { isGranular, partsOf } from './shape';

/** The value without the paths of a set; `undefined` when nothing is left (structured-merge-diff, typed/remove.go). */
export function removeFields(value: unknown, set: FieldSet, schema: StructuralSchema | undefined): unknown {
  if (set.size === 0) return value;
  if (!isGranular(schema, value)) return isObject(value) || Array.isArray(value) ? undefined : value;
  const kept = partsOf(schema, value).flatMap((part) => {
    const node = set.get(part.element);
    if (node?.member === true) return [];
    const left = node === undefined ? part.value : removeFields(part.value, node.below, part.schema);
    return left === undefined ? [] : [{ element: part.element, value: left }];
  });
  if (kept.length === 0) return undefined;
  if (Array.isArray(value)) return kept.map((part) => part.value);
  return Object.fromEntries(kept.map((part) => [part.element.slice(2), part.value]));
}
