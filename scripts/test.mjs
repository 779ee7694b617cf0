import path from 'node:path';
import { parseArgs } from 'node:util';
import { chosenLanes, leftOut, whyNotRun } from './lanes/chosenLanes.mjs';
import { LANES } from './lanes/lanes.mjs';
import { readRecord, recordFile } from './lanes/record.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { interruptible } from './setup/interruptible.mjs';
import { requireNodeVersion } from './setup/nodeVersion.mjs';
import { ROOT, say } from './setup/project.mjs';
import { SetupError, runMain } from './setup/setupError.mjs';

/**
 * `npm test`: sets up what is missing, runs the lanes in order and ends with `N passed, N failed`.
 * `-- --only unit,editor` runs some of them, `-- --also cluster` those that run only by name as well, `-- --try cluster` the
 * same where this machine can, `-- --grep TEXT` the tests whose names hold it.
 */
await runMain(() => interruptible(async (signal) => {
  requireNodeVersion();
  const { values } = parseArgs({ options: { only: { type: 'string' }, also: { type: 'string' }, try: { type: 'string' }, grep: { type: 'string' } } });
  const lanes = chosenLanes(LANES, values);
  const tried = values.try?.split(',') ?? [];
  await ensureDependencies();

  const total = { passed: 0, failed: 0, broken: false };
  /** @type {Map<string, string[]>} */
  const notRun = new Map();
  for (const { name, why } of leftOut(LANES, values)) notRun.set(why, [...(notRun.get(why) ?? []), name]);
  for (const chosen of lanes) {
    const { lane, isAskedFor } = chosen;
    const missing = whyNotRun(chosen);
    if (missing !== undefined) {
      notRun.set(missing, [...(notRun.get(missing) ?? []), lane.name]);
      total.broken ||= isAskedFor;
      continue;
    }
    const outcome = await runLane(lane, values.grep);
    if (signal.aborted) return 1;
    total.passed += outcome.passed;
    total.failed += outcome.failed;
    // What such a lane is made of could not be had here: it is said above, and no failure.
    total.broken ||= outcome.broken && !(outcome.isUnavailable && tried.includes(lane.name));
  }
  for (const [missing, names] of notRun) say(`${names.join(', ')}: not run: ${missing}`);
  if (total.passed + total.failed === 0) say('No test ran.');
  say(`${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 || total.broken || total.passed === 0 ? 1 : 0;
}));

/**
 * @param {import('./lanes/lanes.mjs').Lane} lane
 * @param {string | undefined} grep
 */
async function runLane(lane, grep) {
  const record = recordFile(lane.name);
  /** @type {string | undefined} */
  let trouble;
  let isUnavailable = false;
  try {
    await lane.run({ record, ...(grep === undefined ? {} : { grep }) });
  } catch (error) {
    trouble = error instanceof Error ? error.message : String(error);
    isUnavailable = error instanceof SetupError;
  }
  const result = readRecord(record);
  if (!result) {
    say(`${lane.name}: not run: ${trouble ?? 'it left no result'}`);
    return { passed: 0, failed: 0, broken: true, isUnavailable };
  }
  if (result.passed.length + result.failed.length === 0 && grep === undefined) {
    say(`${lane.name}: not run: it holds no test.`);
    return { passed: 0, failed: 0, broken: true, isUnavailable: false };
  }
  for (const { title, error } of result.failed) say(`${lane.name}: FAILED ${title}\n${indent(error)}`);
  for (const title of result.notRun) say(`${lane.name}: not run: ${title}`);
  if (trouble !== undefined) say(`${lane.name}: FAILED after its tests: ${trouble}`);
  say(`${lane.name}: ${result.passed.length} passed, ${result.failed.length} failed in ${result.seconds.toFixed(1)} s`);
  return { passed: result.passed.length, failed: result.failed.length, broken: trouble !== undefined, isUnavailable: false };
}

/** @param {string} text */
function indent(text) {
  return text.replaceAll(`${ROOT}${path.sep}`, '').replace(/^/gm, '    ');
}
