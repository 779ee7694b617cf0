import { readdirSync } from 'node:fs';
import path from 'node:path';
import { ensureClusterPrograms } from '../setup/clusterPrograms.mjs';
import { ROOT } from '../setup/project.mjs';
import { runMocha } from './mocha.mjs';
import { joinRecords } from './record.mjs';
import { failedOf, withSecondTry } from './secondTry.mjs';

const TESTS = 'test/cluster';
/** What the first of two clusters is for: half of the time. All others are for the second. */
const FIRST = ['engines', 'operations', 'logWithoutVolumes'].map((name) => `${name}.test.ts`);
/** They start an API server themselves. */
const API = 'test/conformance/api/**/*.test.ts';

/**
 * Runs test/cluster against a Kubernetes with KubeBlocks that is built from its Go modules when it is not there yet, and
 * the scenarios of the API.
 *
 * Much of their time is waiting, so two processes run half of them each, on a cluster of their own. The real controllers
 * race with each other: a few failures are tried once more, by themselves, and what passes then is told.
 * @param {{ record: string, grep?: string }} options
 */
export async function runClusterLane(options) {
  await ensureClusterPrograms();
  const first = FIRST.map((name) => `${TESTS}/${name}`);
  const second = [...readdirSync(path.join(ROOT, TESTS), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts') && !FIRST.includes(name)).sort().map((name) => `${TESTS}/${name}`), API];
  await withSecondTry('cluster', options, (each) => (each.grep === undefined ? runBeside([first, second], each) : run([...first, ...second], each)), failedOf);
}

/**
 * @param {readonly (readonly string[])[]} parts
 * @param {{ record: string }} options
 */
async function runBeside(parts, { record }) {
  const records = parts.map((_, index) => `${record}.${index}`);
  await Promise.all(parts.map((files, index) => run(files, { record: records[index] ?? record })));
  joinRecords(record, records);
}

/**
 * @param {readonly string[]} files
 * @param {{ record: string, grep?: string }} options
 */
function run(files, options) {
  return runMocha({ ...options, files, timeoutMs: 300_000 });
}
