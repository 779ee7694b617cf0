import { writeFileSync } from 'node:fs';
import { say } from '../setup/project.mjs';
import { readRecord } from './record.mjs';

/** @typedef {import('./record.mjs').RunRecord} RunRecord */
/** @typedef {{ record: string, grep?: string }} RunOptions */

/** More failures than this are no race. */
const MOST = 5;

/**
 * Runs a lane, and of a few failures that part once more by itself; what passes only then is told with what it said before.
 * @param {string} lane
 * @param {RunOptions} options
 * @param {(options: RunOptions) => Promise<void>} run
 * @param {(record: RunRecord | undefined) => string | undefined} again what is tried once more, for mocha's `--grep`
 */
export async function withSecondTry(lane, options, run, again) {
  await run(options);
  const first = readRecord(options.record);
  const grep = again(first);
  if (first === undefined || grep === undefined) return;
  await run({ ...options, grep });
  const second = readRecord(options.record);
  const { record, raced } = afterSecondTry(first, second ?? { passed: [], failed: [], notRun: [], seconds: 0 });
  for (const { title, error } of raced) say(`${lane}: passed only when tried again: ${title}\n${error.replace(/^/gm, '    ')}`);
  writeFileSync(options.record, JSON.stringify(record, null, 1));
}

/**
 * The tests that failed, where these are few; undefined where nothing is to be tried again.
 * @param {RunRecord | undefined} record
 */
export function failedOf(record) {
  const titles = fewFailures(record).map(({ title }) => title);
  return titles.length === 0 ? undefined : `/^(${titles.map(escape).join('|')})$/`;
}

/**
 * The same with all of their suites: a test may go on where the one before it ended.
 * @param {RunRecord | undefined} record
 */
export function suitesOfFailed(record) {
  const suites = [...new Set(fewFailures(record).map(({ suite }) => suite))];
  return suites.length === 0 ? undefined : `/^(${suites.map(escape).join('|')}) /`;
}

/** @param {RunRecord | undefined} record */
function fewFailures(record) {
  const failed = record?.failed ?? [];
  return failed.length > MOST ? [] : failed;
}

/** @param {string} title */
function escape(title) {
  return title.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/**
 * What both runs say together: a test counts by its second run, where it had one.
 * @param {RunRecord} first
 * @param {RunRecord} second
 * @returns {{ record: RunRecord, raced: RunRecord['failed'] }} `raced` are those that passed only then, with what they said before
 */
export function afterSecondTry(first, second) {
  const raced = first.failed.filter(({ title }) => second.passed.includes(title));
  const failed = first.failed.filter(({ title }) => !second.passed.includes(title)).map((before) => second.failed.find(({ title }) => title === before.title) ?? before);
  // What had passed before, and hooks: one that fails is no test, and stands for those that it kept from running.
  const others = second.failed.filter(({ title }) => !first.failed.some((before) => before.title === title));
  const passed = first.passed.filter((title) => !others.some((other) => other.title === title));
  return {
    record: { passed: [...passed, ...raced.map(({ title }) => title)], failed: [...failed, ...others], notRun: first.notRun, seconds: first.seconds + second.seconds },
    raced,
  };
}
