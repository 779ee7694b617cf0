import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubeBlocksLine } from '../../kubeblocks/kinds';
import type { CompactCrds, CompactNode } from '../../kubeblocks/schema/compactCrds';
import type { CrdDefinition } from '../../kubeblocks/schema/crd';
import { createSchemaPool, expandCrds } from '../../kubeblocks/schema/expandCrds';

/** The kinds a KubeBlocks line installs, from `<schemasFolder>/<line>.json` and `nodes.json`. Throws where a file is missing. */
export function loadCrds(line: KubeBlocksLine, schemasFolder: string): readonly CrdDefinition[] {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(schemasFolder, name), 'utf8'));
  return expandCrds(read(`${line}.json`) as CompactCrds, createSchemaPool(read('nodes.json') as CompactNode[]));
}
