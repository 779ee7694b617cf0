import path from 'node:path';
import { parseArgs } from 'node:util';
import { LANES } from './lanes/lanes.mjs';
import { readRecord, recordFile } from './lanes/record.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { requireNodeVersion } from './setup/nodeVersion.mjs';
import { ROOT, say } from './setup/project.mjs';
import { SetupError, runMain } from './setup/setupError.mjs';

/**
 * `npm test`: sets up what is missing, runs the lanes in order and ends with `N passed, N failed`.
 * `-- --only unit,editor` runs some of them, `-- --also cluster` those that run only by name as well, `-- --grep TEXT` the
 * tests whose names hold it.
 */
await runMain(async () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
  requireNodeVersion();
  const { values } = parseArgs({ options: { only: { type: 'string' }, also: { type: 'string' }, grep: { type: 'string' } } });
  const lanes = chosenLanes(values);
  await ensureDependencies();

  const total = { passed: 0, failed: 0, broken: false };
  for (const lane of lanes) {
    const outcome = await runLane(lane, values.grep);
    total.passed += outcome.passed;
    total.failed += outcome.failed;
    total.broken ||= outcome.broken;
  }
  if (total.passed + total.failed === 0) say('No test ran.');
  say(`${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 || total.broken || total.passed === 0 ? 1 : 0;
});

/** @param {{ only?: string | undefined, also?: string | undefined }} choice */
function chosenLanes({ only, also }) {
  const names = [only, also].flatMap((list) => list?.split(',') ?? []);
  const unknown = names.find((name) => !LANES.some((lane) => lane.name === name));
  if (unknown !== undefined) throw new SetupError(`There is no lane "${unknown}": it is one of ${LANES.map((lane) => lane.name).join(', ')}.`);
  return LANES.filter((lane) => names.includes(lane.name) || (only === undefined && lane.byName !== true));
}

/**
 * @param {import('./lanes/lanes.mjs').Lane} lane
 * @param {string | undefined} grep
 */
async function runLane(lane, grep) {
  const missing = lane.missing?.();
  if (missing !== undefined) {
    say(`${lane.name}: not run: ${missing}`);
    return { passed: 0, failed: 0, broken: false };
  }
  const record = recordFile(lane.name);
  let reason = 'it left no result';
  try {
    await lane.run({ record, ...(grep === undefined ? {} : { grep }) });
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error);
  }
  const result = readRecord(record);
  if (!result) {
    say(`${lane.name}: not run: ${reason}`);
    return { passed: 0, failed: 0, broken: true };
  }
  if (result.passed.length + result.failed.length === 0 && grep === undefined) {
    say(`${lane.name}: not run: it holds no test.`);
    return { passed: 0, failed: 0, broken: true };
  }
  for (const { title, error } of result.failed) say(`${lane.name}: FAILED ${title}\n${indent(error)}`);
  for (const title of result.notRun) say(`${lane.name}: not run: ${title}`);
  say(`${lane.name}: ${result.passed.length} passed, ${result.failed.length} failed in ${result.seconds.toFixed(1)} s`);
  return { passed: result.passed.length, failed: result.failed.length, broken: false };
}

/** @param {string} text */
function indent(text) {
  return text.replaceAll(`${ROOT}${path.sep}`, '').replace(/^/gm, '    ');
}
