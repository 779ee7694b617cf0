import { writeFileSync } from 'node:fs';
import { ensureClusterPrograms } from '../setup/clusterPrograms.mjs';
import { say } from '../setup/project.mjs';
import { runMocha } from './mocha.mjs';
import { readRecord } from './record.mjs';
import { afterSecondTry, failedOf } from './secondTry.mjs';

/**
 * Runs test/cluster against a Kubernetes with KubeBlocks that is built from its Go modules when it is not there yet, and
 * the scenarios of the API, which start an API server of that program themselves.
 *
 * The real controllers race with each other. A few failures are tried once more, by themselves; what passes then is told.
 * @param {{ record: string, grep?: string }} options
 */
export async function runClusterLane(options) {
  await ensureClusterPrograms();
  const whole = { ...options, files: ['test/cluster/**/*.test.ts', 'test/conformance/api/**/*.test.ts'], timeoutMs: 300_000 };
  await runMocha(whole);
  const first = readRecord(options.record);
  const again = failedOf(first);
  if (first === undefined || again === undefined) return;
  await runMocha({ ...whole, grep: again });
  const second = readRecord(options.record);
  const { record, raced } = afterSecondTry(first, second ?? { passed: [], failed: [], notRun: [], seconds: 0 });
  for (const { title, error } of raced) say(`cluster: passed only when tried again: ${title}\n${error.replace(/^/gm, '    ')}`);
  writeFileSync(options.record, JSON.stringify(record, null, 1));
}
