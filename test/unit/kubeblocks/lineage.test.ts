import assert from 'node:assert/strict';
import { chainOf, descendantsOf } from '../../../src/kubeblocks/lineage';
import type { Backup } from '../../../src/kubeblocks/objects';
import { aBackup, anIncremental, anInventory, at, postgresActionSets } from '../../support/builders';

const full = aBackup('full', '08:00:00');
const one = anIncremental('one', '09:00:00', 'full', 'full');
const two = anIncremental('two', '10:00:00', 'one', 'full');
const names = (backups: readonly Backup[]): string[] => backups.map(({ metadata }) => metadata.name);
const inventoryOf = (...backups: Backup[]): ReturnType<typeof anInventory> => anInventory({ backups, actionSets: postgresActionSets() });

describe('descendantsOf', () => {
  it('gives all that dies with a full backup, parents first', () => {
    assert.deepEqual(names(descendantsOf(inventoryOf(full, one, two, aBackup('other')), full)), ['one', 'two']);
  });

  it('gives what names it as its base though the parent between is gone', () => {
    assert.deepEqual(names(descendantsOf(inventoryOf(full, two), full)), ['two']);
  });

  it('leaves what was made by another policy, as the controller does', () => {
    const other = anIncremental('one', '09:00:00', 'full', 'full', { spec: { ...one.spec, backupPolicyName: 'other' } });
    assert.deepEqual(descendantsOf(inventoryOf(full, other), full), []);
  });

  it('leaves one that was only asked to build on it: no status says that it does', () => {
    const asked = aBackup('asked', '09:00:00', { spec: { ...one.spec, parentBackupName: 'full' }, status: { phase: 'Failed' } });
    assert.deepEqual(descendantsOf(inventoryOf(full, asked), full), []);
  });

  it('is empty for the last of a chain', () => assert.deepEqual(descendantsOf(inventoryOf(full, one, two), two), []));
});

describe('chainOf', () => {
  it('leads from the base to the backup', () => {
    const chain = chainOf(inventoryOf(full, one, two), two);
    assert.deepEqual([names(chain.backups), chain.broken], [['full', 'one', 'two'], undefined]);
  });

  const status = one.status;
  const breaks: readonly (readonly [string, Backup[], string])[] = [
    ['a missing parent', [one], 'the parent backup does not exist'],
    ['a failed parent', [aBackup('full', '08:00:00', { status: { ...full.status, phase: 'Failed' } }), one], 'it or its parent is not completed'],
    ['another policy', [aBackup('full', '08:00:00', { spec: { ...full.spec, backupPolicyName: 'other' } }), one], 'the parent was made by policy other'],
    ['another repository', [aBackup('full', '08:00:00', { status: { ...full.status, backupRepoName: 'minio' } }), one], 'the parent is in repository minio'],
    ['another method', [aBackup('full', '08:00:00', { spec: { ...full.spec, backupMethod: 'pgdump' } }), one], 'the parent was made with method pgdump, which does not fit'],
    ['a parent that ended later', [aBackup('full', '09:30:00'), one], 'the parent did not end before it'],
    ['a parent that ended in the same second and comes after it by name', [aBackup('zero', '09:00:00'), anIncremental('one', '09:00:00', 'zero', 'zero')], 'the parent did not end before it'],
    ['another base', [full, anIncremental('one', '09:00:00', 'full', 'other')], 'it and its parent name different base backups'],
    [
      'a snapshot as parent',
      [aBackup('full', '08:00:00', { metadata: { labels: { 'dataprotection.kubeblocks.io/backup-type': '' } }, status: { ...full.status, backupMethod: { name: 'volume-snapshot', snapshotVolumes: true } } }), one],
      'the parent is neither a full nor an incremental backup',
    ],
    [
      'a circle',
      [anIncremental('full', '08:00:00', 'one', 'full', { spec: one.spec ?? {} }), { ...one, status: { ...status, completionTimestamp: at('08:00:00') } }],
      'the chain leads back to itself',
    ],
  ];
  for (const [what, backups, reason] of breaks) {
    it(`breaks at ${what}`, () => {
      const inventory = inventoryOf(...backups);
      const backup = backups.at(-1);
      assert.ok(backup);
      assert.equal(chainOf(inventory, backup).broken?.reason, reason);
    });
  }
});
