import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './setup/dependencies.mjs';
import { holdLane } from './setup/holdLane.mjs';
import { interruptible } from './setup/interruptible.mjs';
import { cleanNodeLanes, ensureNodeLane } from './setup/nodeLane.mjs';
import { requireNodeVersion } from './setup/nodeVersion.mjs';
import { OUT, ROOT, say } from './setup/project.mjs';
import { runMain } from './setup/setupError.mjs';

/**
 * `npm run node`: a Kubernetes with one real node, real volumes, an object store and KubeBlocks 1.0.2, until Ctrl-C.
 * Tests of test/node use it where `KUBEBLOCKS_NODE_LANE` is what it prints.
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
  await interruptible(async (signal) => {
    await ensureDependencies();
    await ensureNodeLane();
    const typescript = await import('tsx/cjs/api');
    /** @type {typeof import('../test/node/lane/startNode.js')} */
    const { startNode } = typescript.require(path.join(ROOT, 'test', 'node', 'lane', 'startNode.ts'), import.meta.url);
    const onStep = (/** @type {string} */ step, /** @type {number} */ after) => say(`${(after / 1000).toFixed(1)} s: ${step}`);
    const start = async () => {
      const started = await startNode({ onStep });
      say(`export KUBEBLOCKS_NODE_LANE=${started.handleFile}`);
      return started;
    };
    const lane = await holdLane(start, values.kubeconfig ?? path.join(OUT, 'node.kubeconfig'), signal);
    for (const problem of lane.problems) say(problem.message);
  });
});
