import type { CompactCrds, CompactNode, NodeIndex } from './compactCrds';
import type { CrdDefinition, CrdVersion, StructuralSchema } from './crd';

/** Schemas by their place in a pool; the same place is always the same frozen object, so that identity may serve as a key. */
export type SchemaPool = (index: NodeIndex) => StructuralSchema;

/** Expands a node when it is first asked for, with what it refers to: of the lines that share a pool only the one in use costs memory. */
export function createSchemaPool(nodes: readonly CompactNode[]): SchemaPool {
  const expanded: StructuralSchema[] = [];
  const at = (index: NodeIndex, before: NodeIndex): StructuralSchema => {
    const known = expanded[index];
    if (known !== undefined) return known;
    const node = nodes[index];
    if (node === undefined || index >= before) throw new Error(`schema node ${index} is used before it is defined`);
    return (expanded[index] = Object.freeze(expandNode(node, (below) => at(below, index))));
  };
  return (index) => at(index, nodes.length);
}

/** The definitions of a schemas file. The schema of a version is expanded when it is first read. */
export function expandCrds(compact: CompactCrds, pool: SchemaPool): readonly CrdDefinition[] {
  return compact.crds.map((crd) => ({
    ...crd,
    versions: crd.versions.map(({ schema, ...version }): CrdVersion => Object.defineProperty({ ...version } as CrdVersion, 'schema', { get: () => pool(schema), enumerable: true })),
  }));
}

function expandNode(node: CompactNode, at: SchemaPool): StructuralSchema {
  const { properties, items, additionalProperties, allOf, anyOf, oneOf, not, ...own } = node;
  return {
    ...own,
    ...(properties && { properties: expandProperties(properties, at) }),
    ...(items !== undefined && { items: at(items) }),
    ...(additionalProperties !== undefined && {
      additionalProperties: typeof additionalProperties === 'boolean' ? additionalProperties : at(additionalProperties),
    }),
    ...(allOf && { allOf: allOf.map(at) }),
    ...(anyOf && { anyOf: anyOf.map(at) }),
    ...(oneOf && { oneOf: oneOf.map(at) }),
    ...(not !== undefined && { not: at(not) }),
  };
}

function expandProperties(properties: Readonly<Record<string, NodeIndex>>, at: SchemaPool): Record<string, StructuralSchema> {
  return Object.fromEntries(Object.entries(properties).map(([name, index]) => [name, at(index)]));
}
