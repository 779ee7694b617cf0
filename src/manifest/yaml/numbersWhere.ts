import type { Path } from '../manifestPath';
import type { YamlNode } from './node';

/** A number of a tree, and where it stands. */
export interface NumberAt {
  readonly path: Path;
  readonly value: number;
}

const NONE: readonly NumberAt[] = [];

/** The numbers below a node that are of a kind that hardly any manifest holds: places are worked out only where one does. */
export function numbersWhere(node: YamlNode, isMeant: (value: number) => boolean): readonly NumberAt[] {
  return holds(node, isMeant) ? collect(node, [], isMeant) : NONE;
}

function holds(node: YamlNode, isMeant: (value: number) => boolean): boolean {
  if (node.type === 'scalar') return typeof node.value === 'number' && isMeant(node.value);
  if (node.type === 'list') {
    for (const item of node.items) if (holds(item, isMeant)) return true;
    return false;
  }
  for (const { value } of node.entries) if (holds(value, isMeant)) return true;
  return false;
}

function collect(node: YamlNode, path: Path, isMeant: (value: number) => boolean): NumberAt[] {
  if (node.type === 'scalar') return typeof node.value === 'number' && isMeant(node.value) ? [{ path, value: node.value }] : [];
  if (node.type === 'list') return node.items.flatMap((item, index) => collect(item, [...path, index], isMeant));
  return node.entries.flatMap(({ key, value }) => collect(value, [...path, key], isMeant));
}
