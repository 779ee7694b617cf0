import type { CompactCrd, CompactCrds, CompactCrdsWithNodes, CompactNode, NodeIndex } from '../src/kubeblocks/schema/compactCrds';
import type { CrdDefinition, StructuralSchema } from '../src/kubeblocks/schema/crd';

export interface LineCrds {
  readonly line: CompactCrds['line'];
  readonly source: string;
  readonly definitions: readonly CrdDefinition[];
}

/** What is stored of some lines: each distinct schema node once for all of them. The same definitions give the same bytes: kinds and keys are sorted. */
export function compactCrds(lines: readonly LineCrds[]): { readonly lines: readonly CompactCrds[]; readonly nodes: readonly CompactNode[] } {
  const pool = new NodePool();
  const key = (crd: CrdDefinition): string => `${crd.group}/${crd.plural}`;
  const compacted = lines.map(({ line, source, definitions }): CompactCrds => ({
    line,
    source,
    crds: [...definitions].sort((a, b) => (key(a) < key(b) ? -1 : 1)).map((crd): CompactCrd => ({
      ...crd,
      versions: crd.versions.map((version) => ({ ...version, schema: pool.add(version.schema) })),
    })),
  }));
  return { lines: compacted, nodes: pool.nodes };
}

/** One kind a line, so that a change reads well in a diff. */
export function printCompactCrds({ crds, ...header }: CompactCrds): string {
  return `{${JSON.stringify(header).slice(1, -1)},\n"crds":[\n${printLines(crds)}\n]}\n`;
}

/** The same with the nodes in it, for a file that shares none. */
export function printCompactCrdsWithNodes({ nodes, ...compact }: CompactCrdsWithNodes): string {
  return `${printCompactCrds(compact).trimEnd().slice(0, -1).trimEnd()},\n"nodes":${printNodes(nodes).trimEnd()}}\n`;
}

/** One node a line. */
export function printNodes(nodes: readonly CompactNode[]): string {
  return `[\n${printLines(nodes)}\n]\n`;
}

function printLines(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(',\n');
}

class NodePool {
  readonly nodes: CompactNode[] = [];
  private readonly byText = new Map<string, NodeIndex>();

  add(schema: StructuralSchema): NodeIndex {
    const node = this.compact(schema);
    const text = JSON.stringify(node);
    const known = this.byText.get(text);
    if (known !== undefined) return known;
    this.byText.set(text, this.nodes.length);
    return this.nodes.push(node) - 1;
  }

  private compact(schema: StructuralSchema): CompactNode {
    const { properties, items, additionalProperties, allOf, anyOf, oneOf, not, ...own } = schema;
    const all = (schemas: readonly StructuralSchema[]): NodeIndex[] => schemas.map((one) => this.add(one));
    return sortKeys({
      ...own,
      ...(properties && { properties: sortKeys(this.properties(properties)) }),
      ...(items && { items: this.add(items) }),
      ...(additionalProperties !== undefined && {
        additionalProperties: typeof additionalProperties === 'boolean' ? additionalProperties : this.add(additionalProperties),
      }),
      ...(allOf && { allOf: all(allOf) }),
      ...(anyOf && { anyOf: all(anyOf) }),
      ...(oneOf && { oneOf: all(oneOf) }),
      ...(not && { not: this.add(not) }),
    });
  }

  private properties(properties: Readonly<Record<string, StructuralSchema>>): Record<string, NodeIndex> {
    return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, this.add(schema)]));
  }
}

function sortKeys<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) as T;
}
