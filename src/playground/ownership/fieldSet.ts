import { isObject, type JsonObject } from '../admission/json';
import { compareElements, elementText, type PathElement } from './pathElement';

/** A set of paths, as a tree (structured-merge-diff, fieldpath/set.go). No node is empty. */
export type FieldSet = ReadonlyMap<PathElement, FieldNode>;

export interface FieldNode {
  /** The path that ends here is in the set. */
  readonly member: boolean;
  readonly below: FieldSet;
}

export const NO_FIELDS: FieldSet = new Map();

type MutableSet = Map<PathElement, { member: boolean; below: MutableSet }>;

/** A set in the making. */
export class FieldSetBuilder {
  private readonly root: MutableSet = new Map();

  add(path: readonly PathElement[]): void {
    let level = this.root;
    for (const [index, element] of path.entries()) {
      let node = level.get(element);
      if (node === undefined) level.set(element, (node = { member: false, below: new Map() }));
      if (index === path.length - 1) node.member = true;
      level = node.below;
    }
  }

  build(): FieldSet {
    return this.root;
  }
}

export function fieldSet(...paths: readonly (readonly PathElement[])[]): FieldSet {
  const builder = new FieldSetBuilder();
  for (const path of paths) builder.add(path);
  return builder.build();
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (a.size === 0) return b;
  if (b.size === 0) return a;
  const result = new Map(a);
  for (const [element, node] of b) {
    const known = a.get(element);
    result.set(element, known === undefined ? node : { member: known.member || node.member, below: union(known.below, node.below) });
  }
  return result;
}

/** Paths of `a` that are not in `b`. That a path is in `b` says nothing of the paths below it. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  if (a.size === 0 || b.size === 0) return a;
  return combined(a, (element, node) => {
    const other = b.get(element);
    return other === undefined ? node : { member: node.member && !other.member, below: difference(node.below, other.below) };
  });
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  return combined(a, (element, node) => {
    const other = b.get(element);
    return other === undefined ? undefined : { member: node.member && other.member, below: intersection(node.below, other.below) };
  });
}

function combined(set: FieldSet, combine: (element: PathElement, node: FieldNode) => FieldNode | undefined): FieldSet {
  const result = new Map<PathElement, FieldNode>();
  for (const [element, node] of set) {
    const next = combine(element, node);
    if (next !== undefined && (next.member || next.below.size > 0)) result.set(element, next);
  }
  return result;
}

export function isEqual(a: FieldSet, b: FieldSet): boolean {
  if (a.size !== b.size) return false;
  return [...a].every(([element, node]) => {
    const other = b.get(element);
    return other !== undefined && node.member === other.member && isEqual(node.below, other.below);
  });
}

/** Every path, as messages write it: at each level first those that end there. */
export function pathTexts(set: FieldSet, prefix = ''): string[] {
  const nodes = sorted(set).map(([element, node]) => ({ text: `${prefix}${elementText(element)}`, node }));
  return [
    ...nodes.filter(({ node }) => node.member).map(({ text }) => text),
    ...nodes.flatMap(({ text, node }) => pathTexts(node.below, text)),
  ];
}

export function toFieldsV1(set: FieldSet): JsonObject {
  return Object.fromEntries(
    sorted(set).map(([element, { member, below }]) => [element, { ...(member && below.size > 0 && { '.': {} }), ...toFieldsV1(below) }]),
  );
}

/** The reverse of `toFieldsV1`. */
export function fromFieldsV1(fields: unknown): FieldSet {
  const set = new Map<PathElement, FieldNode>();
  for (const [element, content] of Object.entries(isObject(fields) ? fields : {})) {
    if (element === '.' || !isObject(content)) continue;
    set.set(element, { member: '.' in content || Object.keys(content).length === 0, below: fromFieldsV1(content) });
  }
  return set;
}

function sorted(set: FieldSet): [PathElement, FieldNode][] {
  return [...set].sort(([a], [b]) => compareElements(a, b));
}
