import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubeBlocksLine } from '../../kubeblocks/kinds';
import type { CrdDefinition } from '../../kubeblocks/schema/crd';
import type { Dialect } from '../../manifest/dialect';
import { dialectFromFiles } from '../../manifest/dialectFromFiles';

/** What a line speaks, from the schemas of the package; definitions of a cluster go before them. */
export function loadDialect(line: KubeBlocksLine, schemasFolder: string, liveCrds?: readonly CrdDefinition[]): Dialect {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(schemasFolder, name), 'utf8'));
  return dialectFromFiles(line, { crds: read(`${line}.json`), nodes: read('nodes.json'), storageProviders: read('storageProviders.json') }, liveCrds);
}
