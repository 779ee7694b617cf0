import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RunRecord } from '../../../scripts/lanes/record.mjs';

const records = import('../../../scripts/lanes/record.mjs');

describe('the records of runs beside each other', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'records '))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, record: RunRecord): string => {
    const file = path.join(folder, name);
    writeFileSync(file, JSON.stringify(record));
    return file;
  };

  it('become one, with the time of the longest', async () => {
    const { joinRecords, readRecord } = await records;
    const failed = [{ title: 'b', suite: 'b', error: 'no' }];
    const parts = [write('1', { passed: ['a'], failed, notRun: [], seconds: 5 }), write('2', { passed: ['c'], failed: [], notRun: ['d'], seconds: 9 })];
    joinRecords(path.join(folder, 'all'), parts);
    assert.deepEqual(readRecord(path.join(folder, 'all')), { passed: ['a', 'c'], failed, notRun: ['d'], seconds: 9 });
    assert.deepEqual(readdirSync(folder), ['all']);
  });

  it('are none where one is missing, for then something did not run', async () => {
    const { joinRecords, readRecord } = await records;
    joinRecords(path.join(folder, 'all'), [write('1', { passed: ['a'], failed: [], notRun: [], seconds: 5 }), path.join(folder, '2')]);
    assert.equal(readRecord(path.join(folder, 'all')), undefined);
  });
});
