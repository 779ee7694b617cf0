import type { CrdDefinition, CrdVersion, StructuralSchema } from './crd';
import type { KubeBlocksLine } from '../kinds';

/** The content of `schemas/<line>.json`: the kinds a KubeBlocks line serves, with schemas named by their place in the node pool. */
export interface CompactCrds {
  readonly line: KubeBlocksLine | 'kubernetes';
  /** What the definitions were made from, and under which licence. */
  readonly source: string;
  readonly crds: readonly CompactCrd[];
}

/** A file with a node pool of its own: `schemas/kubernetes.json`. */
export interface CompactCrdsWithNodes extends CompactCrds {
  readonly nodes: readonly CompactNode[];
}

export type CompactCrd = Omit<CrdDefinition, 'versions'> & {
  readonly versions: readonly (Omit<CrdVersion, 'schema'> & { readonly schema: NodeIndex })[];
};

/** Index into the node pool. */
export type NodeIndex = number;

/** The members of a schema that hold schemas. */
export type SchemaMember = 'properties' | 'items' | 'additionalProperties' | 'allOf' | 'anyOf' | 'oneOf' | 'not';

/** One entry of `schemas/nodes.json`, the pool that all lines share. A node refers to nodes before it alone. */
export type CompactNode = Omit<StructuralSchema, SchemaMember> & {
  readonly properties?: Readonly<Record<string, NodeIndex>>;
  readonly items?: NodeIndex;
  readonly additionalProperties?: NodeIndex | boolean;
  readonly allOf?: readonly NodeIndex[];
  readonly anyOf?: readonly NodeIndex[];
  readonly oneOf?: readonly NodeIndex[];
  readonly not?: NodeIndex;
};
