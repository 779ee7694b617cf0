import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runOnNode } from './lanes/node.mjs';
import { readRecord, recordFile } from './lanes/record.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { missingForNode } from './setup/nodeLane.mjs';
import { requireNodeVersion } from './setup/nodeVersion.mjs';
import { OUT, ROOT, say } from './setup/project.mjs';
import { SetupError, runMain } from './setup/setupError.mjs';

const PAGE = path.join(ROOT, 'docs', 'proof.md');
const RESULTS = path.join(OUT, 'proof.jsonl');

/**
 * `npm run proof`: restores every engine on a real node and writes what was seen into docs/proof.md. `-- --from FILE` writes
 * the page from results that an earlier run has kept, in which the tests that failed are not. Ends with 1 where a restore did not
 * bring what it should, or a test failed before it could restore; the page names those.
 */
await runMain(async () => {
  requireNodeVersion();
  const { values } = parseArgs({ options: { from: { type: 'string' } } });
  await ensureDependencies();
  const failed = values.from === undefined ? await runEngines() : [];
  const results = readResults(values.from ?? RESULTS);
  writeFileSync(PAGE, page(results, failed));
  const unequal = results.filter(({ isEqual }) => !isEqual).length;
  say(`${path.relative(ROOT, PAGE)}: ${results.length} results, ${unequal} of them not as they should be; ${failed.length} tests failed.`);
  return unequal === 0 && failed.length === 0 ? 0 : 1;
});

/** @returns {Promise<readonly string[]>} titles of the tests that failed, or what ended the run */
async function runEngines() {
  const missing = missingForNode();
  if (missing !== undefined) throw new SetupError(missing);
  rmSync(RESULTS, { force: true });
  process.env.PROOF_FILE = RESULTS;
  const record = recordFile('proof');
  /** @type {string[]} */
  const ended = [];
  try {
    await runOnNode({ record, grep: 'on a real node' });
  } catch (error) {
    ended.push(error instanceof Error ? error.message : String(error));
  }
  const failed = readRecord(record)?.failed ?? [];
  for (const { title, error } of failed) say(`FAILED ${title}\n${error}`);
  ended.forEach((why) => say(why));
  // What ends a run of failed tests says no more than they do.
  return failed.length > 0 ? failed.map(({ title }) => title) : ended;
}

/**
 * @typedef {object} Result as test/node/support/proof.ts keeps it
 * @property {string} engine
 * @property {string} method
 * @property {string} what
 * @property {boolean} isEqual
 * @property {number} [seconds]
 */

/** @param {string} file @returns {readonly Result[]} */
function readResults(file) {
  if (!existsSync(file)) throw new SetupError(`Nothing was restored: ${file} is not there.`);
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** @param {readonly Result[]} results @param {readonly string[]} failed */
function page(results, failed) {
  /** @type {Map<string, Result[]>} */
  const groups = new Map();
  for (const result of results) {
    const key = [result.engine, result.method, result.what].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  const engines = [...new Set(results.map(({ engine }) => engine))];
  const ofEngine = (/** @type {readonly Result[]} */ [result]) => engines.indexOf(result?.engine ?? '');
  const lines = [...groups.values()].sort((a, b) => ofEngine(a) - ofEngine(b)).map((group) => {
    const [{ engine, method, what }] = /** @type {[Result]} */ (/** @type {unknown} */ (group));
    const equal = group.filter(({ isEqual }) => isEqual).length;
    const seconds = group.flatMap((each) => (each.seconds === undefined ? [] : [each.seconds]));
    return `| ${engine} | \`${method}\` | ${what} | ${outcome(group)} | ${equal} of ${group.length} | ${span(seconds)} |`;
  });
  return `# Rows that came back

Written by \`npm run proof\` on ${new Date().toISOString().slice(0, 10)}, from what was seen then and nothing else. Kubernetes with its node, the object store, KubeBlocks' controllers and the databases were real; the storage behind the real CSI sidecars and the program that takes backups to the repository were stand-ins ([Testing](testing.md#the-node-lane)). Backups and restores were made by the extension's own operations. Versions: KubeBlocks 1.0.2, ${engineVersions().join(', ')}. The engines are the add-ons of [Bring your own engine](bring-your-own-engine.md).

Every row that is written is known, so the rows of any second are known without asking the database. A restore counts as equal when number and SHA-256 of all rows are those of its moment; a backup was taken while rows were written (Prometheus writes by itself), and may hold each write as a whole or not at all. A refusal counts when the request was refused and neither a Cluster nor an OpsRequest was made. The time is from the request until the new cluster ran with its data, on a machine with two cores that did other work beside; at an instant of a log, up to three restores ran at once.

| engine | method | restored | outcome | as it should be | seconds |
|---|---|---|---|---|---|
${lines.join('\n')}
${failed.length === 0 ? '' : `\nFailed in this run, so that what they restore may be missing above:\n\n${failed.map((title) => `* ${title}`).join('\n')}\n`}`;
}

/** As they are pinned. */
function engineVersions() {
  const text = (/** @type {string} */ name) => readFileSync(path.join(ROOT, 'test', 'node', name), 'utf8');
  /** @type {{ debian: { rootFileSystem: Record<string, string> } }} */
  const { debian } = JSON.parse(text('pins.json'));
  const packages = Object.entries(debian.rootFileSystem).filter(([name]) => /^(postgresql-\d+|redis-server|prometheus|mariadb-server)$/.test(name));
  const weaviate = /github\.com\/weaviate\/weaviate v(\S+)/.exec(text('engines/weaviate/go.mod'))?.[1];
  const milvus = /milvus==(\S+)/.exec(text('engines/milvus/requirements.txt'))?.[1];
  return [...packages, ['weaviate', weaviate], ['milvus', milvus]].map(([name, version]) => `${name} ${version}`);
}

/** @param {readonly Result[]} group */
function outcome(group) {
  return group.every(({ isEqual, seconds }) => isEqual && seconds === undefined) ? 'refused, nothing made' : 'rows compared';
}

/** @param {readonly number[]} seconds */
function span(seconds) {
  if (seconds.length === 0) return '–';
  const [low, high] = [Math.min(...seconds), Math.max(...seconds)];
  return low === high ? String(low) : `${low} to ${high}`;
}
