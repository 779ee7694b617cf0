import assert from 'node:assert/strict';
import type { RunRecord } from '../../../scripts/lanes/record.mjs';
import type * as secondTry from '../../../scripts/lanes/secondTry.mjs';

const failed = (...titles: readonly string[]): RunRecord['failed'] => titles.map((title) => ({ title, suite: title.split(' ')[0] ?? '', error: `${title} said so` }));
const record = (parts: Partial<RunRecord>): RunRecord => ({ passed: [], failed: [], notRun: [], seconds: 1, ...parts });

describe('a second try of a lane', () => {
  let lane: typeof secondTry;
  before(async () => {
    lane = await import('../../../scripts/lanes/secondTry.mjs');
  });

  it('names the tests that failed, whatever stands in their titles', () => {
    const pattern = lane.failedOf(record({ failed: failed('lists (a/b)', 'waits 1.5 s') })) ?? '';
    const matcher = new RegExp(pattern.slice(1, -1));
    assert.deepEqual(['lists (a/b)', 'waits 1.5 s', 'waits 125 s', 'lists (a/b) twice'].map((title) => matcher.test(title)), [true, true, false, false]);
  });

  it('is none where nothing failed, or much', () => {
    assert.equal(lane.failedOf(undefined), undefined);
    assert.equal(lane.failedOf(record({ passed: ['a'] })), undefined);
    assert.equal(lane.failedOf(record({ failed: failed('a', 'b', 'c', 'd', 'e', 'f') })), undefined);
  });

  it('counts a test by its second run, and tells which needed it', () => {
    const first = record({ passed: ['a'], failed: failed('b', 'c'), notRun: ['d'] });
    const { record: both, raced } = lane.afterSecondTry(first, record({ passed: ['b'], failed: [{ title: 'c', suite: 'c', error: 'again' }] }));
    assert.deepEqual(both, { passed: ['a', 'b'], failed: [{ title: 'c', suite: 'c', error: 'again' }], notRun: ['d'], seconds: 2 });
    assert.deepEqual(raced, failed('b'));
  });

  it('names whole suites, where tests build on each other', () => {
    assert.equal(lane.suitesOfFailed(record({ failed: failed('restoring by mouse', 'restoring by keys', 'a.b c') })), '/^(restoring|a\\.b) /');
    assert.equal(lane.suitesOfFailed(record({ passed: ['a'] })), undefined);
  });

  it('fails what had passed the first time and did not the second', () => {
    const { record: both, raced } = lane.afterSecondTry(record({ passed: ['a'], failed: failed('b') }), record({ passed: ['b'], failed: failed('a') }));
    assert.deepEqual([both.passed, both.failed, raced], [['b'], failed('a'), failed('b')]);
  });

  it('still fails what did not run the second time, and hooks that failed then', () => {
    const { record: both } = lane.afterSecondTry(record({ failed: failed('b') }), record({ failed: failed('"before all" hook') }));
    assert.deepEqual(both.failed, failed('b', '"before all" hook'));
  });
});
