/** @typedef {import('./record.mjs').RunRecord} RunRecord */

/** More failures than this are no race. */
const MOST = 5;

/**
 * A pattern for mocha's `--grep` of the tests that failed, where these are few; undefined where nothing is to be tried again.
 * @param {RunRecord | undefined} record
 */
export function failedOf(record) {
  const titles = record?.failed.map(({ title }) => title) ?? [];
  if (titles.length === 0 || titles.length > MOST) return undefined;
  return `/^(${titles.map((title) => title.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|')})$/`;
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
  // A hook that fails is no test, and stands for those that it kept from running.
  const others = second.failed.filter(({ title }) => !first.failed.some((before) => before.title === title));
  return {
    record: { passed: [...first.passed, ...raced.map(({ title }) => title)], failed: [...failed, ...others], notRun: first.notRun, seconds: first.seconds + second.seconds },
    raced,
  };
}
