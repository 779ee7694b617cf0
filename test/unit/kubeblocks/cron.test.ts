import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isCronError, nextRun, nextRuns, parseCron } from '../../../src/kubeblocks/cron';
import type { CronSchedule } from '../../../src/kubeblocks/cron';

/** What robfig/cron v3.0.1 itself answered: the error, or the three runs after FROM. */
interface Recorded {
  readonly e: string;
  readonly error?: string;
  readonly runs?: readonly string[] | null;
}

const FROM = Date.parse('2026-11-23T12:10:30Z');
const recorded = readFileSync(join(__dirname, 'cron.golden.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Recorded);

function parsed(expression: string): CronSchedule {
  const schedule = parseCron(expression);
  assert.ok(!isCronError(schedule), `${expression} is refused`);
  return schedule;
}

function iso(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

describe('parseCron', () => {
  it('gives robfig cron its own errors and next runs, word for word', () => {
    const answers = recorded.map(({ e }): Recorded => {
      const schedule = parseCron(e);
      return isCronError(schedule) ? { e, error: schedule.error } : { e, runs: nextRuns(schedule, FROM, 3).map(iso) };
    });
    assert.deepEqual(answers, recorded.map(({ e, error, runs }) => (error === undefined ? { e, runs: runs ?? [] } : { e, error })));
  });

  for (const expression of ['CRON_TZ=Asia/Shanghai 0 1 * * *', 'TZ=UTC 0 1 * * *', 'CRON_TZ=Nowhere']) {
    it(`refuses the time zone of ${expression} as the CronJob does`, () => {
      assert.deepEqual(parseCron(expression), { error: 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead' });
    });
  }
});

describe('nextRun', () => {
  it('is later than the instant asked for, even when that is a run', () => {
    const daily = parsed('0 18 * * *');
    const run = Date.parse('2026-11-23T18:00:00Z');
    assert.equal(nextRun(daily, run - 1), run);
    assert.equal(nextRun(daily, run), run + 86_400_000);
  });

  it('is undefined for a day that never comes', () => {
    assert.equal(nextRun(parsed('0 0 30 2 *'), FROM), undefined);
  });
});
