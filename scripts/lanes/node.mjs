import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { ensureNodeLane } from '../setup/nodeLane.mjs';
import { ROOT } from '../setup/project.mjs';
import { runMocha } from './mocha.mjs';
import { suitesOfFailed, withSecondTry } from './secondTry.mjs';

/** So many files of tests at once: they wait for pods much of their time. Six keep two processors busy; more only wait for each other. */
const AT_ONCE = 3 * availableParallelism();
const TESTS = 'test/node';
/** Those that take longest, which begin first. */
const FIRST = ['postgresql', 'windows', 'mariadb', 'failures', 'schedule', 'redis', 'encrypted', 'mariadbIncrements', 'window', 'milvus'].map((name) => `${name}.test.ts`);

/**
 * Runs test/node as `runOnNode` does. The suites of a few failures are tried once more, on a node of their own: its
 * controllers race with each other as the cluster lane's do. What passes then is told.
 * @param {{ record: string, grep?: string }} options
 */
export function runNodeLane(options) {
  return withSecondTry('node', options, runOnNode, suitesOfFailed);
}

/**
 * Runs test/node against a real node with KubeBlocks and real databases, which is made when it is not there yet. Its files
 * run beside each other on that node; one that ends the node's programs starts its own.
 * @param {{ record: string, grep?: string }} options
 */
export async function runOnNode(options) {
  await ensureNodeLane();
  const typescript = await import('tsx/cjs/api');
  /** @type {typeof import('../../test/node/lane/startNode.js')} */
  const { startNode } = typescript.require(path.join(ROOT, 'test', 'node', 'lane', 'startNode.ts'), import.meta.url);
  const lane = await startNode();
  try {
    await runMocha({
      ...options,
      files: filesInOrder(),
      timeoutMs: 600_000,
      atOnce: AT_ONCE,
      reporter: 'test/support/timesReporter.ts',
      // A file that started a node of its own must not outlive this process, and its node with it.
      within: ['setpriv', '--pdeathsig', 'KILL'],
      env: { KUBEBLOCKS_NODE_LANE: lane.handleFile },
    });
  } finally {
    await lane.stop();
  }
  if (lane.problems.length > 0) throw new Error(`its node met what it should not: ${lane.problems.map(({ message }) => message).join('\n')}`);
}

function filesInOrder() {
  const all = readdirSync(path.join(ROOT, TESTS)).filter((name) => name.endsWith('.test.ts'));
  return [...FIRST, ...all.filter((name) => !FIRST.includes(name)).sort()].map((name) => `${TESTS}/${name}`);
}
