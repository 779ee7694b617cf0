import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureClusterPrograms } from './setup/clusterPrograms.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { holdLane } from './setup/holdLane.mjs';
import { interruptible } from './setup/interruptible.mjs';
import { requireNodeVersion } from './setup/nodeVersion.mjs';
import { OUT, ROOT, say } from './setup/project.mjs';
import { runMain } from './setup/setupError.mjs';

/**
 * `npm run cluster`: a Kubernetes with KubeBlocks 1.0.2 and four databases in namespace `demo`, until Ctrl-C.
 * `-- --kubeconfig FILE` writes the kubeconfig there instead of into `out/`.
 */
await runMain(async () => {
  requireNodeVersion();
  const { values } = parseArgs({ options: { kubeconfig: { type: 'string' } } });
  await interruptible(async (signal) => {
    await ensureDependencies();
    await ensureClusterPrograms();
    const typescript = await import('tsx/cjs/api');
    /** @type {typeof import('../test/cluster/lane/startDemo.js')} */
    const { startDemo } = typescript.require(path.join(ROOT, 'test', 'cluster', 'lane', 'startDemo.ts'), import.meta.url);
    await holdLane(() => startDemo(say), values.kubeconfig ?? path.join(OUT, 'cluster.kubeconfig'), signal);
  });
});
