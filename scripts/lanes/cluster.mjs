import { ensureClusterPrograms } from '../setup/clusterPrograms.mjs';
import { runMocha } from './mocha.mjs';
import { failedOf, withSecondTry } from './secondTry.mjs';

/**
 * Runs test/cluster against a Kubernetes with KubeBlocks that is built from its Go modules when it is not there yet, and
 * the scenarios of the API, which start an API server of that program themselves.
 *
 * The real controllers race with each other. A few failures are tried once more, by themselves; what passes then is told.
 * @param {{ record: string, grep?: string }} options
 */
export async function runClusterLane(options) {
  await ensureClusterPrograms();
  const files = ['test/cluster/**/*.test.ts', 'test/conformance/api/**/*.test.ts'];
  await withSecondTry('cluster', options, (each) => runMocha({ ...each, files, timeoutMs: 300_000 }), failedOf);
}
