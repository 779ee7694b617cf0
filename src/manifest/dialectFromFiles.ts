import type { KubeBlocksLine } from '../kubeblocks/kinds';
import type { CompactCrds, CompactNode } from '../kubeblocks/schema/compactCrds';
import type { CrdDefinition } from '../kubeblocks/schema/crd';
import { createSchemaPool, expandCrds } from '../kubeblocks/schema/expandCrds';
import { createDialect, type Dialect } from './dialect';
import type { StorageProviderData } from './storageProviders';

/** The package's `schemas/` as read: `LINE.json`, `nodes.json` and `storageProviders.json`. */
export interface SchemaFiles {
  readonly crds: unknown;
  readonly nodes: unknown;
  readonly storageProviders: unknown;
}

/** What a line speaks, from the schemas of the package. */
export function dialectFromFiles(line: KubeBlocksLine, { crds, nodes, storageProviders }: SchemaFiles, liveCrds: readonly CrdDefinition[] = []): Dialect {
  const pool = createSchemaPool(nodes as CompactNode[]);
  return createDialect({ line, crds: expandCrds(crds as CompactCrds, pool), liveCrds, storageProviders: (storageProviders as StorageProviderData)[line] });
}
