import assert from 'node:assert/strict';
import { lineage, type Lineage } from '../../../src/kubeblocks/backupLineage';
import type { Backup } from '../../../src/kubeblocks/objects';
import { aBackup, aCluster, aLog, aPolicy, anIncremental, anInventory, NOW, postgresActionSets } from '../../support/builders';

const log = aLog('09:00:00', '12:00:00');
const first = aBackup('first', '09:30:00');
const one = anIncremental('one', '10:00:00', 'first', 'first');
const two = anIncremental('two', '10:30:00', 'one', 'first');
const second = aBackup('second', '11:00:00');

const inventoryOf = (...backups: readonly Backup[]) => anInventory({ clusters: [aCluster()], policies: [aPolicy()], actionSets: postgresActionSets(), backups });
const names = (backups: readonly Backup[]): readonly string[] => backups.map(({ metadata }) => metadata.name);
const span = ({ from, to }: { readonly from: number; readonly to: number }): string => [from, to].map((ms) => new Date(ms).toISOString().slice(11, 19)).join('-');

function of(backup: Backup, ...others: readonly Backup[]): Lineage {
  return lineage(inventoryOf(backup, ...others), backup, NOW);
}

describe('lineage', () => {
  it('leads up to the base and down to what builds on it', () => {
    const { chain, descendants } = of(one, first, two);
    assert.deepEqual([names(chain.backups), names(descendants)], [['first', 'one'], ['two']]);
  });

  it('names the instants that a log is replayed to on it, or on what builds on it', () => {
    const { instants } = of(first, one, two, second, log);
    assert.deepEqual(
      instants.map((stretch) => `${span(stretch)} on ${stretch.base?.metadata.name ?? ''}`),
      ['09:30:00-09:59:59 on first', '10:00:00-10:29:59 on one', '10:30:00-10:59:59 on two'],
    );
  });

  it('names for a log backup all that is restored with it', () => {
    assert.deepEqual(of(log, first, second).instants.map(span), ['09:30:00-10:59:59', '11:00:00-12:00:00']);
  });

  it('has no instants where there is no log', () => assert.deepEqual(of(first, one).instants, []));

  it('says of a broken chain where it breaks', () => assert.equal(of(two, first).chain.broken?.parentName, 'one'));

  it('knows a backup of which nothing says whose it is', () => {
    const lost = { ...first, metadata: { name: 'lost', namespace: 'elsewhere' } };
    assert.deepEqual([of(lost).instants, names(of(lost).loss.backups)], [[], ['lost']]);
  });
});
