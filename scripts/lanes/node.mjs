import { ensureNodeLane } from '../setup/nodeLane.mjs';
import { runMocha } from './mocha.mjs';

/**
 * Runs test/node against a real node with KubeBlocks and real databases, which is made when it is not there yet.
 * @param {{ record: string, grep?: string }} options
 */
export async function runNodeLane(options) {
  await ensureNodeLane();
  await runMocha({ ...options, files: ['test/node/**/*.test.ts'], timeoutMs: 600_000 });
}
