import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Mocha from 'mocha';
import { recordRun, type RunRecord } from '../../support/recordRun';

describe('the record of a run', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'record '))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const thrown = new Error('unequal');
  // What mocha gives of an error in another process: no Error.
  const passedOn = { name: 'Error', message: 'unequal', stack: 'Error: unequal\n    at elsewhere' };
  const errors: readonly (readonly [string, unknown, string])[] = [
    ['an error', thrown, thrown.stack ?? ''],
    ['an error of another process', passedOn, passedOn.stack],
    ['an object with a message alone', { message: 'unequal' }, 'unequal'],
    ['a text', 'unequal', 'unequal'],
    ['nothing', undefined, 'undefined'],
  ];
  for (const [what, error, text] of errors) {
    it(`says what ${what} said`, () => {
      const file = path.join(folder, 'records', 'lane.json');
      const runner = new Mocha.Runner(new Mocha.Suite(''), {});
      recordRun(runner, file);
      const test: Pick<Mocha.Test, 'fullTitle' | 'titlePath'> = { fullTitle: () => 'suite test', titlePath: () => ['suite', 'test'] };
      runner.emit('fail', test, error);
      runner.emit('end');
      const { failed } = JSON.parse(readFileSync(file, 'utf8')) as RunRecord;
      assert.deepEqual(failed, [{ title: 'suite test', suite: 'suite', error: text }]);
    });
  }
});
