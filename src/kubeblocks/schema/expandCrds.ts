import type { CompactCrds, CompactNode, NodeIndex } from './compactCrds';
import type { CrdDefinition, StructuralSchema } from './crd';

/**
 * The definitions of a schemas file. Equal schema nodes are one frozen object, so a whole line costs no more memory
 * than its file; identity may serve as a cache key.
 */
export function expandCrds(compact: CompactCrds): readonly CrdDefinition[] {
  const nodes: StructuralSchema[] = [];
  const at = (index: NodeIndex): StructuralSchema => {
    const node = nodes[index];
    if (node === undefined) throw new Error(`schema node ${index} is used before it is defined`);
    return node;
  };
  for (const node of compact.nodes) nodes.push(Object.freeze(expandNode(node, at)));
  return compact.crds.map((crd) => ({
    ...crd,
    versions: crd.versions.map((version) => ({ ...version, schema: at(version.schema) })),
  }));
}

type Lookup = (index: NodeIndex) => StructuralSchema;

function expandNode(node: CompactNode, at: Lookup): StructuralSchema {
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

function expandProperties(properties: Readonly<Record<string, NodeIndex>>, at: Lookup): Record<string, StructuralSchema> {
  return Object.fromEntries(Object.entries(properties).map(([name, index]) => [name, at(index)]));
}
