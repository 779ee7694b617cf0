import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubeBlocksLine } from '../../kubeblocks/kinds';
import type { CompactCrds, CompactNode } from '../../kubeblocks/schema/compactCrds';
import { createSchemaPool, expandCrds } from '../../kubeblocks/schema/expandCrds';
import { createDialect, type Dialect } from '../../manifest/dialect';
import type { StorageProviderData } from '../../manifest/storageProviders';

/** What a line speaks, from the schemas of the package. */
export function loadDialect(line: KubeBlocksLine, schemasFolder: string): Dialect {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(schemasFolder, name), 'utf8'));
  const crds = expandCrds(read(`${line}.json`) as CompactCrds, createSchemaPool(read('nodes.json') as CompactNode[]));
  return createDialect({ line, crds, storageProviders: (read('storageProviders.json') as StorageProviderData)[line] });
}
