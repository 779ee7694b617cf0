import type { Path } from './manifestPath';
import { nodeAt, type PathPart } from './manifestPath';
import type { MapNode, ScalarNode, YamlNode } from './yaml/node';
import { entryOf } from './yaml/node';

/** A place in an object, there or not, read with a type: what is written with another type reads as absent, as the schema walk speaks of it. */
export class Field {
  constructor(
    readonly root: MapNode,
    readonly path: Path,
    readonly node: YamlNode | undefined,
  ) {}

  at(...path: readonly (string | number)[]): Field {
    return new Field(this.root, [...this.path, ...path], nodeAt(this.node, path));
  }

  get isWritten(): boolean {
    return this.node !== undefined && !(this.node.type === 'scalar' && this.node.value === null);
  }

  get text(): string | undefined {
    return this.node?.type === 'scalar' && typeof this.node.value === 'string' ? this.node.value : undefined;
  }

  get number(): number | undefined {
    return this.node?.type === 'scalar' && typeof this.node.value === 'number' ? this.node.value : undefined;
  }

  get boolean(): boolean | undefined {
    return this.node?.type === 'scalar' && typeof this.node.value === 'boolean' ? this.node.value : undefined;
  }

  get scalar(): ScalarNode | undefined {
    return this.node?.type === 'scalar' ? this.node : undefined;
  }

  /** The items of a list; none where it is no list. */
  get items(): Field[] {
    return this.node?.type === 'list' ? this.node.items.map((item, index) => new Field(this.root, [...this.path, index], item)) : [];
  }

  /** The entries of a map; of a key given twice the last. */
  get entries(): { readonly key: string; readonly field: Field }[] {
    const { node } = this;
    if (node?.type !== 'map') return [];
    return node.entries.filter((entry) => entry.merged === true || entryOf(node, entry.key) === entry).map(({ key, value }) => ({ key, field: new Field(this.root, [...this.path, key], value) }));
  }

  /** The last step of its path, where that is a key. */
  get key(): string {
    return String(this.path.at(-1) ?? '');
  }
}

export function rootField(root: MapNode): Field {
  return new Field(root, [], root);
}

export type { PathPart };
