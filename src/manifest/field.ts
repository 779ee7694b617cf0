import type { Path } from './manifestPath';
import { childOf, type PathPart } from './manifestPath';
import type { MapNode, ScalarNode, YamlNode } from './yaml/node';
import { entryOf } from './yaml/node';

/**
 * A place in an object, there or not, read with a type: what is written with another type reads as absent, as the schema
 * walk speaks of it. Asked again for the same place it answers with the same field: dozens of rules look at each object.
 */
export class Field {
  private knownPath: Path | undefined;
  private knownItems: readonly Field[] | undefined;
  private below: Map<string | number, Field> | undefined;

  constructor(
    readonly node: YamlNode | undefined,
    private readonly above: Field | undefined,
    private readonly step: string | number,
  ) {}

  at(...path: readonly (string | number)[]): Field {
    return path.reduce<Field>((field, step) => field.child(step), this);
  }

  /** From the root of the object. */
  get path(): Path {
    return (this.knownPath ??= this.above === undefined ? [] : [...this.above.path, this.step]);
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
  get items(): readonly Field[] {
    return (this.knownItems ??= this.node?.type === 'list' ? this.node.items.map((_, index) => this.child(index)) : []);
  }

  /** The entries of a map; of a key given twice the last. */
  get entries(): { readonly key: string; readonly field: Field }[] {
    const { node } = this;
    if (node?.type !== 'map') return [];
    return node.entries.filter((entry) => entry.merged === true || entryOf(node, entry.key) === entry).map(({ key, value }) => ({ key, field: new Field(value, this, key) }));
  }

  /** The last step of its path, where that is a key. */
  get key(): string {
    return this.above === undefined ? '' : String(this.step);
  }

  private child(step: string | number): Field {
    const known = this.below?.get(step);
    if (known !== undefined) return known;
    const child = new Field(childOf(this.node, step), this, step);
    (this.below ??= new Map()).set(step, child);
    return child;
  }
}

export function rootField(root: MapNode): Field {
  return new Field(root, undefined, '');
}

export type { PathPart };
