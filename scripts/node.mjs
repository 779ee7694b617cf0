import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './setup/dependencies.mjs';
import { cleanNodeLanes, ensureNodeLane } from './setup/nodeLane.mjs';
import { requireNodeVersion } from './setup/nodeVersion.mjs';
import { OUT, ROOT, say } from './setup/project.mjs';
import { runMain } from './setup/setupError.mjs';

/**
 * `npm run node`: a Kubernetes with one real node, real volumes, an object store and KubeBlocks 1.0.2, until Ctrl-C.
 * `-- --kubeconfig FILE` writes the kubeconfig there instead of into `out/`; `-- --clean` only removes what a run that was
 * killed hard has left.
 */
await runMain(async () => {
  requireNodeVersion();
  const { values } = parseArgs({ options: { kubeconfig: { type: 'string' }, clean: { type: 'boolean' } } });
  if (values.clean) {
    const removed = await cleanNodeLanes();
    say(removed === 0 ? 'There is nothing to clean.' : `Removed what ${removed} ${removed === 1 ? 'run' : 'runs'} left.`);
    return;
  }
  await ensureDependencies();
  await ensureNodeLane();
  const stopped = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
  });
  const typescript = await import('tsx/cjs/api');
  /** @type {typeof import('../test/node/lane/startNode.js')} */
  const { startNode } = typescript.require(path.join(ROOT, 'test', 'node', 'lane', 'startNode.ts'), import.meta.url);
  const onStep = (/** @type {string} */ step, /** @type {number} */ after) => say(`${(after / 1000).toFixed(1)} s: ${step}`);
  const lane = await Promise.race([startNode({ onStep }), stopped.then(() => undefined)]);
  // Stopped while it started: the guard ends with this process.
  if (lane === undefined) return process.exit(130);
  const kubeconfig = path.resolve(values.kubeconfig ?? path.join(OUT, 'node.kubeconfig'));
  const alive = setInterval(() => undefined, 60_000);
  try {
    mkdirSync(path.dirname(kubeconfig), { recursive: true });
    copyFileSync(lane.kubeconfig, kubeconfig);
    say(`export KUBECONFIG=${kubeconfig}`);
    say('Its contexts are administrator, viewer, developer and nobody. Ctrl-C ends everything.');
    await stopped;
  } finally {
    clearInterval(alive);
    await lane.stop();
    rmSync(kubeconfig, { force: true });
  }
  for (const problem of lane.problems) say(problem.message);
});
