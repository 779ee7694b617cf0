import assert from 'node:assert/strict';
import { loadBackup } from '../../src/operations/restore';
import { databaseOf } from './support/databases';
import { Journey } from './support/journey';
import { sharedNode } from './support/sharedNode';

/**
 * KubeBlocks 1.0 takes the newest full backup before the instant as the base of a log, also where that is a snapshot, and
 * then leaves it out: `getBaseBackupActionSetForContinuous` does not say that it is one, and it has no ActionSet.
 */
describe('a log whose newest base is a snapshot, on a real node', () => {
  let journey: Journey;

  before(async () => {
    journey = await Journey.start(await sharedNode(), databaseOf('postgresql'));
  });
  after(() => journey.end());

  it('is restored without its base by KubeBlocks 1.0, which the add-on refuses, and so never a success', async () => {
    const { product, namespace } = journey;
    await journey.startLog('archive-wal');
    await journey.backUp('volume-snapshot', 'snapshot-base');
    const written = await journey.writeOnce();
    await journey.untilLogged(written);
    const backup = await loadBackup(product.deps, namespace, journey.logAt(written));
    const outcome = await product.restore(journey.plan({ backup, restoreTime: written * 1000 }));
    assert.equal(outcome.kind, 'failed', JSON.stringify(outcome));
    assert.match('reason' in outcome ? outcome.reason : '', /There is no database in \/data\/pgdata to apply the log to/);
  });

  it('comes back to a point in time from its snapshot: KubeBlocks 1.0 leaves the snapshot out');
});
