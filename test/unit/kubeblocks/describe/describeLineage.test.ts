import assert from 'node:assert/strict';
import { describeLineage } from '../../../../src/kubeblocks/describe/describeLineage';
import { pageToMarkdown } from '../../../../src/kubeblocks/describe/markdown';
import type { Backup } from '../../../../src/kubeblocks/objects';
import { aBackup, aCluster, aLog, aPolicy, anIncremental, anInventory, NOW, postgresActionSets } from '../../../support/builders';

const first = aBackup('first', '09:30:00');
const one = anIncremental('one', '10:00:00', 'first', 'first');
const two = anIncremental('two', '10:30:00', 'one', 'first');
const second = aBackup('second', '11:00:00');
const log = aLog('09:00:00', '12:00:00');

function linesOf(backup: Backup, ...others: readonly Backup[]): readonly string[] {
  const inventory = anInventory({ clusters: [aCluster()], policies: [aPolicy()], actionSets: postgresActionSets(), backups: [backup, ...others] });
  const text = pageToMarkdown(describeLineage(inventory, backup, { now: NOW, timeZone: 'UTC' }));
  return text.replaceAll('\\', '').replaceAll('`', '').split('\n').filter((line) => line !== '' && !line.startsWith('| ---') && !line.startsWith('|  |'));
}

describe('the page of a lineage', () => {
  it('has the family in order, what is restored by it, and what its deletion takes', () => {
    assert.deepEqual(linesOf(one, first, two, second, log), [
      '# Lineage of one',
      'incremental · builds on first · 1 build on it · 1 h of instants are restored by it',
      '## Chain',
      '| Backup | What it is | Type | State | Ended | Size | Expires |',
      '| first | base | full | completed | 2026-11-23 09:30:00 UTC | 15.2 GiB | never |',
      '| one | this backup set | incremental | completed | 2026-11-23 10:00:00 UTC |  | never |',
      '| two | builds on it | incremental | completed | 2026-11-23 10:30:00 UTC |  | never |',
      '## Instants restored by it',
      '| From | To | Base backup | Log backup |',
      '| 2026-11-23 10:30:00 UTC | 2026-11-23 10:59:59 UTC | two | 9f1c-orders-pg-archive-wal |',
      '| 2026-11-23 10:00:00 UTC | 2026-11-23 10:29:59 UTC | one | 9f1c-orders-pg-archive-wal |',
      '## When it is deleted',
      '| Goes with it | two |',
      '| Can be restored no more | no instant: others restore the same |',
      '| Deleted by itself | never |',
    ]);
  });

  it('warns of the last copy, and of one that is retained', () => {
    const lines = linesOf({ ...first, spec: { ...first.spec, deletionPolicy: 'Retain' } }, log).join('\n');
    assert.match(lines, /\| Last copy \| Nothing is left to restore postgresql of orders-pg from\. \|\n\| Retained \| KubeBlocks deletes what builds on it/);
    assert.match(lines, /## Instants that nothing else restores\n.*\n\| 2026-11-23 09:30:00 UTC \| 2026-11-23 12:00:00 UTC \| 2 h 30 min \|/);
  });

  it('says where a chain is broken and what that means', () => {
    assert.match(linesOf(two, first).join('\n'), /## Where the chain is broken\n\| Backup \| two \|\n\| Its parent \| one \|\n\| Why \| the parent backup does not exist \|/);
  });
});
