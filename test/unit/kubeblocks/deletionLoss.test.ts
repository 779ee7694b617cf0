import assert from 'node:assert/strict';
import { deletionLoss, type DeletionLoss } from '../../../src/kubeblocks/deletionLoss';
import { LABELS } from '../../../src/kubeblocks/labels';
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

function lossOf(doomed: readonly Backup[], ...others: readonly Backup[]): DeletionLoss {
  return deletionLoss(inventoryOf(...doomed, ...others), doomed, NOW);
}

describe('deletionLoss', () => {
  it('takes what builds on it, and of the window what nothing else restores', () => {
    const { backups, instants, lastCopies } = lossOf([first], one, two, second, log);
    assert.deepEqual([names(backups), instants.map(span), lastCopies], [['first', 'one', 'two'], ['09:30:00-10:59:59'], []]);
    assert.deepEqual(instants.map(({ cluster, component }) => [cluster.name, component]), [['orders-pg', 'postgresql']]);
  });

  it('costs no instant where an older base takes over', () => {
    assert.deepEqual(lossOf([second], first, log).instants, []);
  });

  it('counts each once, however they are named', () => {
    assert.deepEqual(names(lossOf([two, first, one]).backups), ['two', 'first', 'one']);
  });

  it('is of several together more than of each alone', () => {
    assert.deepEqual(lossOf([first, second], log).instants.map(span), ['09:30:00-12:00:00']);
    assert.deepEqual(lossOf([first, second], log).lastCopies.map(({ component }) => component), ['postgresql']);
  });

  it('costs nothing where the chain of what goes was broken', () => {
    // A broken incremental makes all until the next base unreachable; without it the full backup before serves.
    const broken = anIncremental('broken', '10:00:00', 'missing', 'first');
    assert.deepEqual(lossOf([broken], first, log).instants, []);
  });

  it('says that the last copy goes of a component alone', () => {
    const ofCache = { ...second, metadata: { ...second.metadata, name: 'cache', labels: { ...second.metadata.labels, [LABELS.component]: 'cache' } } };
    assert.deepEqual(lossOf([ofCache], first).lastCopies.map(({ component }) => component), ['cache']);
  });

  it('does not call it the last copy where there was none: a failed backup is none', () => {
    assert.deepEqual(lossOf([{ ...first, status: { phase: 'Failed' } }]).lastCopies, []);
  });

  it('takes all instants of a log that goes', () => {
    assert.deepEqual(lossOf([log], first).instants.map(span), ['09:30:00-12:00:00']);
  });

  it('tells what was named from what goes with it, and how much is freed', () => {
    const { chosen, alsoGo, bytes } = lossOf([first], one, two);
    assert.deepEqual([names(chosen), names(alsoGo)], [['first'], ['one', 'two']]);
    assert.equal(bytes, 16320875725, 'incrementals here say nothing of their size');
    assert.deepEqual(names(lossOf([first, one, two]).alsoGo), []);
  });

  it('says that a window closes', () => {
    assert.deepEqual(lossOf([first], log).closedWindows.map(({ component }) => component), ['postgresql']);
    assert.deepEqual(lossOf([first], second, log).closedWindows, []);
  });

  it('counts the last copy of a cluster that is gone', () => {
    const loss = deletionLoss(anInventory({ backups: [first] }), [first], NOW);
    assert.deepEqual([loss.lastCopies.length, loss.instants], [1, []]);
  });
});
