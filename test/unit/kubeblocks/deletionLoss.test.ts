import assert from 'node:assert/strict';
import { deletionLoss } from '../../../src/kubeblocks/deletionLoss';
import type { Backup } from '../../../src/kubeblocks/objects';
import { aBackup, aCluster, aLog, anIncremental, anInventory, aPolicy, ms, NOW, postgresActionSets } from '../../support/builders';

const inventory = (...backups: readonly Backup[]) => anInventory({ clusters: [aCluster()], policies: [aPolicy()], actionSets: postgresActionSets(), backups });
const early = aBackup('early', '08:00:00');
const late = aBackup('late', '10:00:00');
const log = aLog('07:00:00', '12:00:00');

describe('deletionLoss', () => {
  it('is nothing but the copy where a log and another base carry on', () => {
    const loss = deletionLoss(inventory(early, late, log), [late], NOW);
    assert.deepEqual([loss.alsoGo, loss.bytes, loss.clusters], [[], 16320875725, []]);
  });

  it('takes the instants that only this base reached', () => {
    const [loss] = deletionLoss(inventory(early, late, log), [early], NOW).clusters;
    assert.deepEqual(loss?.lost, [{ component: 'postgresql', from: ms('08:00:00'), to: ms('09:59:59') }]);
    assert.deepEqual([loss.isWindowGone, loss.isLastCopy], [false, false]);
  });

  it('takes incrementals along, once each, and the window with the last base', () => {
    const child = anIncremental('inc', '11:00:00', 'late', 'late');
    const loss = deletionLoss(inventory(late, child, log), [late], NOW);
    assert.deepEqual(loss.alsoGo, [child]);
    assert.deepEqual(loss.clusters.map(({ name, lost, isWindowGone, isLastCopy }) => [name, lost, isWindowGone, isLastCopy]), [
      ['orders-pg', [{ component: 'postgresql', from: ms('10:00:00'), to: ms('12:00:00') }], true, true],
    ]);
    assert.deepEqual(deletionLoss(inventory(late, child, log), [late, child], NOW).alsoGo, []);
  });

  it('cuts a hole where an incremental in between goes', () => {
    const first = anIncremental('first', '09:00:00', 'early', 'early');
    const second = anIncremental('second', '10:00:00', 'early', 'early');
    const [loss] = deletionLoss(inventory(early, first, second, log), [second], NOW).clusters;
    assert.equal(loss, undefined);
  });

  it('counts the last copy of a cluster that is gone, and no copy that failed', () => {
    const failed = aBackup('failed', '11:00:00', { status: { phase: 'Failed' } });
    const gone = anInventory({ backups: [early, failed] });
    assert.deepEqual(deletionLoss(gone, [early], NOW).clusters.map(({ isLastCopy, lost }) => [isLastCopy, lost]), [[true, []]]);
    assert.deepEqual(deletionLoss(gone, [failed], NOW).clusters, []);
  });
});
