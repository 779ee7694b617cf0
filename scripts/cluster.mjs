import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureClusterPrograms } from './setup/clusterPrograms.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
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
  await ensureDependencies();
  await ensureClusterPrograms();
  const stopped = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
  });
  const typescript = await import('tsx/cjs/api');
  /** @type {typeof import('../test/cluster/lane/startDemo.js')} */
  const { startDemo } = typescript.require(path.join(ROOT, 'test', 'cluster', 'lane', 'startDemo.ts'), import.meta.url);
  const lane = await Promise.race([startDemo(say), stopped.then(() => undefined)]);
  // Stopped while it started: the keeper ends with this process.
  if (lane === undefined) return process.exit(130);
  const kubeconfig = path.resolve(values.kubeconfig ?? path.join(OUT, 'cluster.kubeconfig'));
  try {
    mkdirSync(path.dirname(kubeconfig), { recursive: true });
    copyFileSync(lane.kubeconfig, kubeconfig);
    say(`export KUBECONFIG=${kubeconfig}`);
    say('Its contexts are administrator, viewer, developer and nobody. Ctrl-C ends everything.');
    await stopped;
  } finally {
    await lane.stop();
    rmSync(kubeconfig, { force: true });
  }
});
