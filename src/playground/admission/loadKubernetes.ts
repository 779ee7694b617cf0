import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CompactCrdsWithNodes } from '../../kubeblocks/schema/compactCrds';
import type { CrdDefinition } from '../../kubeblocks/schema/crd';
import { createSchemaPool, expandCrds } from '../../kubeblocks/schema/expandCrds';

/** The structure of Kubernetes' own kinds, from `<schemasFolder>/kubernetes.json`, read when it is first called for. */
export function loadKubernetes(schemasFolder: string): () => readonly CrdDefinition[] {
  let known: readonly CrdDefinition[] | undefined;
  return () => (known ??= expand(JSON.parse(readFileSync(join(schemasFolder, 'kubernetes.json'), 'utf8')) as CompactCrdsWithNodes));
}

function expand({ nodes, ...compact }: CompactCrdsWithNodes): readonly CrdDefinition[] {
  return expandCrds(compact, createSchemaPool(nodes));
}
