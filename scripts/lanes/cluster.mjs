import { ensureClusterPrograms } from '../setup/clusterPrograms.mjs';
import { runMocha } from './mocha.mjs';

/**
 * Runs test/cluster against a Kubernetes with KubeBlocks that is built from its Go modules when it is not there yet, and
 * the scenarios of the API, which start an API server of that program themselves.
 * @param {{ record: string, grep?: string }} options
 */
export async function runClusterLane(options) {
  await ensureClusterPrograms();
  await runMocha({ ...options, files: ['test/cluster/**/*.test.ts', 'test/conformance/api/**/*.test.ts'], timeoutMs: 300_000 });
}
