import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubeBlocksLine } from '../../kubeblocks/kinds';
import type { CompactCrds } from '../../kubeblocks/schema/compactCrds';
import type { CrdDefinition } from '../../kubeblocks/schema/crd';
import { expandCrds } from '../../kubeblocks/schema/expandCrds';

/** The kinds a KubeBlocks line installs, from `<schemasFolder>/<line>.json`. Throws where the file is missing. */
export function loadCrds(line: KubeBlocksLine, schemasFolder: string): readonly CrdDefinition[] {
  return expandCrds(JSON.parse(readFileSync(join(schemasFolder, `${line}.json`), 'utf8')) as CompactCrds);
}
