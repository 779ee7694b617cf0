import type { StructuralSchema } from '../../kubeblocks/schema/crd';
import { isObject } from '../admission/json';
import type { PathElement } from './pathElement';
import { childSchema, isGranular, partsOf, type Part } from './shape';

/** What is there, with what is applied over it (structured-merge-diff, typed/merge.go). */
export function mergeFields(live: unknown, applied: unknown, schema: StructuralSchema | undefined): unknown {
  if (applied === undefined) return live;
  if (live === undefined || live === null || !isGranular(schema, applied)) return applied;
  if (Array.isArray(applied)) return Array.isArray(live) ? mergeItems(live, applied, schema) : applied;
  if (!isObject(applied) || !isObject(live)) return applied;
  const merged = Object.entries({ ...live, ...applied }).map(([name]) => [name, mergeFields(live[name], applied[name], childSchema(schema, name))]);
  return Object.fromEntries(merged) as unknown;
}

/** Items of both keep the order in which they are applied; the others stay where they stood among them. */
function mergeItems(live: readonly unknown[], applied: readonly unknown[], schema: StructuralSchema | undefined): readonly unknown[] {
  const left = partsOf(schema, live);
  const right = partsOf(schema, applied);
  const liveBy = new Map(left.map((part) => [part.element, part]));
  const appliedBy = new Map(right.map((part) => [part.element, part]));
  const merged = new Set<PathElement>();
  const shared = right.filter(({ element }) => liveBy.has(element)).map(({ element }) => element);
  const result: unknown[] = [];
  let nextShared = shared.shift();

  function take(part: Part): void {
    merged.add(part.element);
    result.push(mergeFields(liveBy.get(part.element)?.value, part.value, schema?.items));
    if (part.element === nextShared) nextShared = shared.shift();
  }

  for (let l = 0, r = 0; l < left.length || r < right.length; ) {
    const one = left[l];
    const other = right[r];
    if (one !== undefined && other !== undefined) {
      if (one.element === other.element) {
        take(other);
        l += 1;
        r += 1;
        continue;
      }
      if (appliedBy.has(one.element) && nextShared !== undefined && nextShared !== one.element) {
        l += 1;
        continue;
      }
    }
    if (one !== undefined && !appliedBy.has(one.element)) {
      result.push(one.value);
      l += 1;
      continue;
    }
    if (one !== undefined && merged.has(one.element)) l += 1;
    if (other !== undefined) {
      take(other);
      r += 1;
    } else if (one !== undefined && !merged.has(one.element)) l += 1;
  }
  return result;
}
