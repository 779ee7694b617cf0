import assert from 'node:assert/strict';
import { KINDS } from '../../../../src/kubeblocks/kinds';
import type { Backup } from '../../../../src/kubeblocks/objects';
import type { ObjectRef } from '../../../../src/ui/objectRef';
import { aBackup, aCluster, aLog, anInventory, aPolicy, backupLabels, NAMESPACE, postgresActionSets } from '../../../support/builders';
import { TestApp } from '../../../support/testApp';

const DELETE = 'kubeblocksBackup.deleteBackupSets';
const CLUSTER: ObjectRef = { kind: 'cluster', namespace: NAMESPACE, name: 'orders-pg' };
const ancient = aBackup('ancient', '2026-09-01T08:00:00Z');
const old = aBackup('old', '2026-10-01T08:00:00Z');
const fresh = aBackup('fresh', '09:00:00');
const failed = aBackup('failed', '10:00:00', { status: { phase: 'Failed' } });
const other = aBackup('other', '2026-09-02T08:00:00Z', { metadata: { labels: backupLabels('Full', 'gone-pg') } });
const log = aLog('08:00:00', '12:00:00');
const backups: readonly Backup[] = [ancient, old, fresh, failed, other, log];

function stage(): TestApp {
  const test = new TestApp({ inventory: anInventory({ clusters: [aCluster()], policies: [aPolicy()], actionSets: postgresActionSets(), backups }) });
  test.deps.api.put(KINDS.backup, ...backups);
  return test;
}

const left = (test: TestApp): readonly string[] => backups.map(({ metadata }) => metadata.name).filter((name) => test.deps.api.read(KINDS.backup, name, NAMESPACE) !== undefined);

describe('Delete Backup Sets', () => {
  it('deletes what is older than one says, after it was shown and asked about', async () => {
    const test = stage();
    test.prompts.when(/^Older than/, '').when(/^Older than/, '1mo');
    await test.command(DELETE, CLUSTER);
    assert.deepEqual(test.prompts.asked, [
      'Delete Backup Sets of orders-pg (1 of 3)',
      'Older than (2 of 4)',
      'Older than (2 of 4)',
      'Delete Backup Sets of orders-pg (3 of 4)',
    ]);
    assert.equal(test.prompts.refused[0], 'Say how old: 30d, 1mo or 12h.');
    assert.equal(test.prompts.inputs[0]?.explain?.('60d'), '1 backup sets, 15.2 GiB of 4 ended before 2026-09-24 14:10:04 (12:10:04 UTC)');
    assert.deepEqual(test.prompts.manyPicks[0]?.choices.map(({ label }) => label), ['old', 'ancient']);
    assert.match(test.prompts.confirmed[0]?.detail ?? '', /Chosen: old, ancient\./);
    assert.deepEqual(left(test), ['fresh', 'failed', 'other', 'log'].map((name) => (name === 'log' ? log.metadata.name : name)));
    assert.deepEqual(test.told, [['2 backup sets are gone.']]);
  });

  it('offers clusters that are gone, and all, but nothing that still runs', async () => {
    const test = stage();
    test.prompts.when(/^Delete Backup Sets/, 'All backup sets').when(/^Delete Backup Sets/, 'Choose One by One').when(/^Delete Backup Sets/, { leave: true });
    await test.command(DELETE);
    assert.deepEqual(test.prompts.picks[0]?.choices.map(({ label, description }) => `${label}: ${description ?? ''}`), [
      'orders-pg: payments · 4 backup sets, 45.6 GiB',
      'gone-pg: payments · cluster is gone · 1 backup sets, 15.2 GiB',
      'All backup sets: 5 backup sets, 60.8 GiB',
    ]);
    assert.ok(!(test.prompts.manyPicks[0]?.choices ?? []).some(({ label }) => label === log.metadata.name));
    assert.deepEqual(test.prompts.manyPicks[0]?.choices.filter(({ value }) => test.prompts.manyPicks[0]?.picked(value)), []);
    assert.deepEqual(left(test).length, backups.length);
  });

  it('comes back to what was chosen when one declines', async () => {
    const test = stage();
    test.prompts.agree = false;
    test.prompts.when(/^Delete Backup Sets/, 'Choose One by One').when(/^Delete Backup Sets/, 'old').when(/^Delete Backup Sets/, { leave: true });
    await test.command(DELETE, CLUSTER);
    const again = test.prompts.manyPicks[1];
    assert.deepEqual(again?.choices.filter(({ value }) => again.picked(value)).map(({ label }) => label), ['old']);
    assert.equal(left(test).length, backups.length);
  });

  it('says so where nothing fits, and asks again', async () => {
    const test = stage();
    test.prompts.when(/^Older than/, '5y').when(/^Older than/, { leave: true });
    await test.command(DELETE, CLUSTER);
    assert.deepEqual(test.told, [['No backup set fits: nothing is that old, or nothing failed.']]);
  });

  it('tells which was not deleted, and explains one that hangs', async () => {
    const test = stage();
    test.deps.api.failNext('delete', 403, 'Forbidden', { resource: KINDS.backup });
    await test.command(DELETE, CLUSTER);
    assert.match(test.told[0]?.[0] ?? '', /^1 of 2 backup sets were not deleted\. Backup old could not be deleted: you may not delete/);
    assert.deepEqual(left(test).includes('old'), true);
  });
});
