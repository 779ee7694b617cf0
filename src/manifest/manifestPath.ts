import { entryOf, type MapEntry, type Span, type YamlNode } from './yaml/node';

/** From the root of an object to a value in it: keys of maps and indices of lists. */
export type Path = readonly (string | number)[];

/** Which part of the text stands for the value at a path. */
export type PathPart = 'key' | 'value';

/** `spec.schedules[0].cronExpression`; a key that is no plain word stands in brackets and quotes. */
export function pathText(path: Path): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : /^[\w-]+$/.test(step) ? `${index === 0 ? '' : '.'}${step}` : `["${step}"]`)).join('');
}

export function nodeAt(root: YamlNode | undefined, path: Path): YamlNode | undefined {
  let node = root;
  for (const step of path) node = childOf(node, step);
  return node;
}

/** What stands directly below a node under a key or an index. */
export function childOf(node: YamlNode | undefined, step: string | number): YamlNode | undefined {
  if (typeof step === 'number') return node?.type === 'list' ? node.items[step] : undefined;
  return node?.type === 'map' ? entryOf(node, step)?.value : undefined;
}

/**
 * Where a path stands. Of a path that leads beyond what is written, the nearest key above it: that is where something is
 * missing. A merged entry stands where it was anchored.
 */
export function spanOf(root: YamlNode | undefined, path: Path, part: PathPart): Span {
  let node = root;
  let span: Span = { start: root?.start ?? 0, end: root?.start ?? 0 };
  let entry: MapEntry | undefined;
  for (const [depth, step] of path.entries()) {
    entry = typeof step === 'string' && node?.type === 'map' ? entryOf(node, step) : undefined;
    const child = entry?.value ?? childOf(node, step);
    if (child === undefined) return span;
    node = child;
    span = entry?.keySpan ?? firstLine(child);
    if (depth === path.length - 1 && part === 'value' && !isNothing(child)) span = child;
  }
  return span;
}

function isNothing(node: YamlNode): boolean {
  return node.start === node.end;
}

/** An item that is a map is pointed at by its first key. */
function firstLine(node: YamlNode): Span {
  return node.type === 'map' && !node.flow ? (node.entries[0]?.keySpan ?? node) : node;
}

/** The deepest path whose key or value holds the offset. */
export function pathAt(root: YamlNode | undefined, offset: number): { readonly path: Path; readonly part: PathPart } {
  const path: (string | number)[] = [];
  let part: PathPart = 'value';
  let node = root;
  while (node !== undefined && node.type !== 'scalar') {
    const step = node.type === 'map' ? entryAt(node.entries, offset) : itemAt(node.items, offset);
    if (step === undefined) break;
    path.push(step.step);
    part = step.part;
    node = part === 'key' ? undefined : step.node;
  }
  return { path, part };
}

interface Step {
  readonly step: string | number;
  readonly part: PathPart;
  readonly node: YamlNode;
}

function entryAt(entries: readonly MapEntry[], offset: number): Step | undefined {
  for (const { key, keySpan, value, merged } of entries) {
    if (merged === true) continue;
    if (holds(keySpan, offset)) return { step: key, part: 'key', node: value };
    if (holds(value, offset)) return { step: key, part: 'value', node: value };
  }
  return undefined;
}

function itemAt(items: readonly YamlNode[], offset: number): Step | undefined {
  const index = items.findIndex((item) => holds(item, offset));
  const node = items[index];
  return node === undefined ? undefined : { step: index, part: 'value', node };
}

/** A cursor right behind a word is still at it. */
function holds({ start, end }: Span, offset: number): boolean {
  return offset >= start && offset <= end;
}
