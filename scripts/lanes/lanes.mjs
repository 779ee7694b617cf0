import { availableParallelism } from 'node:os';
import { findOnPath } from '../setup/browser.mjs';
import { ensureBundle } from '../setup/bundle.mjs';
import { missingForCluster } from '../setup/clusterPrograms.mjs';
import { ensureKbcli, missingKbcli } from '../setup/kbcli.mjs';
import { runClusterLane } from './cluster.mjs';
import { runClusterEditorLane } from './clusterEditor.mjs';
import { runBesideLane, runEditorLane } from './editor.mjs';
import { missingForNode, unbuiltForNode } from '../setup/nodeLane.mjs';
import { runMocha } from './mocha.mjs';
import { runNodeLane } from './node.mjs';
import { runWorkbenchLane } from './workbench.mjs';

/**
 * One kind of tests, from the fewest real dependencies to the most.
 * @typedef {object} Lane
 * @property {string} name
 * @property {string} [byName] why it runs only when it is asked for, as a sentence
 * @property {() => string | undefined} [missing] why it cannot run here although nothing is broken
 * @property {() => string | undefined} [unbuilt] why it is left out here where it is only tried: what it is made of takes long to build
 * @property {(options: { record: string, grep?: string }) => Promise<void>} run
 */

const CLUSTER_BY_NAME = 'its first build takes about ten minutes of two cores; npm run test:cluster runs it.';
const KBCLI_BY_NAME = 'its first build takes about ten minutes of two cores, and the cluster’s as long; npm test -- --only kbcli runs it.';
const NODE_BY_NAME = 'it needs root and Debian, and its first build takes up to 40 minutes of two cores; npm run test:node runs it.';

/** So many files beside each other, where they have nothing in common but the processor. */
const AT_ONCE = Math.min(4, availableParallelism());

/** @type {readonly Lane[]} */
export const LANES = [
  { name: 'unit', run: (options) => runMocha({ ...options, files: ['test/unit/**/*.test.ts'], atOnce: AT_ONCE }) },
  { name: 'contract', run: (options) => runMocha({ ...options, files: ['test/contract/**/*.test.ts', 'test/corpus/**/*.test.ts', 'test/conformance/**/*.test.ts'], timeoutMs: 60_000, atOnce: AT_ONCE }) },
  { name: 'connection', run: (options) => runMocha({ ...options, files: ['test/connection/**/*.test.ts'], timeoutMs: 60_000, atOnce: AT_ONCE }) },
  {
    name: 'kubectl',
    missing: () => (findOnPath(['kubectl']) ? undefined : 'kubectl is not on the PATH.'),
    run: async (options) => {
      await ensureBundle();
      await runMocha({ ...options, files: ['test/kubectl/**/*.test.ts'], timeoutMs: 60_000 });
    },
  },
  {
    name: 'kbcli',
    byName: KBCLI_BY_NAME,
    missing: missingKbcli,
    run: async (options) => runMocha({ ...options, files: ['test/kbcli/**/*.test.ts'], timeoutMs: 300_000, env: { KUBEBLOCKS_KBCLI: await ensureKbcli() } }),
  },
  { name: 'editor', run: runEditorLane },
  { name: 'beside', run: runBesideLane },
  { name: 'workbench', run: runWorkbenchLane },
  { name: 'cluster', byName: CLUSTER_BY_NAME, missing: missingForCluster, run: runClusterLane },
  { name: 'cluster-editor', byName: CLUSTER_BY_NAME, missing: missingForCluster, run: runClusterEditorLane },
  { name: 'node', byName: NODE_BY_NAME, missing: missingForNode, unbuilt: unbuiltForNode, run: runNodeLane },
];
