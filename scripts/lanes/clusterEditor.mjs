import path from 'node:path';
import { ensureClusterPrograms } from '../setup/clusterPrograms.mjs';
import { ROOT, say } from '../setup/project.mjs';
import { runInExtensionHost } from '../workbench/extensionHost.mjs';

/**
 * Runs test/editor in the real VS Code against a Kubernetes with KubeBlocks instead of the playground: the same tests, but
 * for those of the playground itself.
 * @param {{ record: string, grep?: string }} options
 */
export async function runClusterEditorLane({ record, grep = '' }) {
  await ensureClusterPrograms();
  const typescript = await import('tsx/cjs/api');
  /** @type {typeof import('../../test/cluster/lane/startEditorStage.js')} */
  const { startEditorStage } = typescript.require(path.join(ROOT, 'test', 'cluster', 'lane', 'startEditorStage.ts'), import.meta.url);
  const stage = await startEditorStage(say);
  /** @type {readonly Error[]} */
  let problems = [];
  try {
    await runInExtensionHost({ suite: 'support/extensionHostSuite', record, kubeconfig: stage.kubeconfig, env: { ...stage.env, KUBEBLOCKS_TEST_GREP: grep } });
  } finally {
    problems = await stage.stop();
  }
  if (problems.length > 0) throw new Error(`its cluster met what it should not: ${problems.map(({ message }) => message).join('\n')}`);
}
