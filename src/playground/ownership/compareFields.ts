import type { StructuralSchema } from '../../kubeblocks/schema/crd';
import { isSame } from '../store/isSame';
import { FieldSetBuilder, type FieldSet } from './fieldSet';
import type { PathElement } from './pathElement';
import { isGranular, partsOf, type Part } from './shape';

export interface Comparison {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

interface Pair {
  readonly before: unknown;
  readonly after: unknown;
  readonly schema: StructuralSchema | undefined;
  readonly path: readonly PathElement[];
}

/** What changed from one state of an object to another (structured-merge-diff, typed/compare.go). */
export function compareFields(before: unknown, after: unknown, schema: StructuralSchema | undefined): Comparison {
  const added = new FieldSetBuilder();
  const modified = new FieldSetBuilder();
  const removed = new FieldSetBuilder();

  function leaf({ before: left, after: right, path }: Pair): void {
    if (left === undefined) added.add(path);
    else if (right === undefined) removed.add(path);
    else if (!isSame(left, right)) modified.add(path);
  }

  function visit(pair: Pair): void {
    const { before: left, after: right, path } = pair;
    // Unchanged parts of an object are shared by its states.
    if (left === right) return;
    if (!isComparedByParts(pair)) {
      leaf(pair);
      return;
    }
    for (const { element, before: l, after: r, schema: part } of zip(pair)) visit({ before: l, after: r, schema: part, path: [...path, element] });
    if (left === undefined) added.add(path);
    else if (right === undefined) removed.add(path);
  }

  visit({ before, after, schema, path: [] });
  return { added: added.build(), modified: modified.build(), removed: removed.build() };
}

/** Two that are both empty or null are leaves, so that one may tell null from empty. */
function isComparedByParts({ before, after, schema }: Pair): boolean {
  const shown = after ?? before;
  if (before !== undefined && before !== null && Array.isArray(before) !== Array.isArray(shown)) return false;
  return isGranular(schema, shown) && (!isEmpty(before) || !isEmpty(after));
}

function isEmpty(value: unknown): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}

function zip({ before, after, schema }: Pair): Iterable<{ element: PathElement; before: unknown; after: unknown; schema: Part['schema'] }> {
  const pairs = new Map<PathElement, { element: PathElement; before: unknown; after: unknown; schema: Part['schema'] }>();
  for (const part of partsOf(schema, before)) pairs.set(part.element, { element: part.element, before: part.value, after: undefined, schema: part.schema });
  for (const part of partsOf(schema, after)) {
    pairs.set(part.element, { element: part.element, before: pairs.get(part.element)?.before, after: part.value, schema: part.schema });
  }
  return pairs.values();
}
