import assert from 'node:assert/strict';
import type { RestorePlan } from '../../src/kubeblocks/restorePlan';
import { AppError } from '../../src/operations/appError';
import { loadBackup, restore } from '../../src/operations/restore';
import { diagnoseObject } from '../../src/ui/documents/diagnosis';
import { databaseOf } from './support/databases';
import { Journey } from './support/journey';
import { keepProof } from './support/proof';
import { sharedNode } from './support/sharedNode';

const LOG = 'archive-wal';

/**
 * KubeBlocks 1.0 takes the newest full backup before the instant as the base of a log, also where that is a snapshot, and
 * then leaves it out: `getBaseBackupActionSetForContinuous` does not say that it is one, and it has no ActionSet.
 */
describe('a log whose newest base is a snapshot, on a real node', () => {
  let journey: Journey;
  let plan: RestorePlan;

  before(async () => {
    journey = await Journey.start(await sharedNode(), databaseOf('postgresql'));
    await journey.startLog(LOG);
    await journey.backUp('volume-snapshot', 'snapshot-base');
    const written = await journey.writeOnce();
    await journey.untilLogged(written);
    const backup = await loadBackup(journey.product.deps, journey.namespace, journey.logAt(written));
    plan = journey.plan({ backup, restoreTime: written * 1000 });
  });
  after(() => journey.end());

  it('is not restored, and nothing is made', async () => {
    await assert.rejects(restore(journey.product.submissions, plan), (error) => error instanceof AppError && error.reason === 'invalid' && /the snapshot snapshot-base, which this KubeBlocks leaves out/.test(error.message));
    await journey.assertAbsent([plan.target]);
    keepProof({ engine: journey.database.name, method: LOG, what: 'from a snapshot, which KubeBlocks 1.0 leaves out', isEqual: true });
  });

  it('is restored without its base by KubeBlocks 1.0 where it is asked all the same, which the add-on refuses, and so never a success', async () => {
    const { product } = journey;
    await product.submissions.submit(plan.resource, plan.object);
    const outcome = await product.followRestore(plan);
    assert.equal(outcome.kind, 'failed', JSON.stringify(outcome));
    // KubeBlocks says what the job's log ended with, or on a busy machine only that the job failed: the diagnosis reads the log.
    const { deps, session, submissions } = product;
    const diagnosed = await diagnoseObject({ ...deps, session, submissions }, { kind: 'cluster', ...plan.target }, { now: Date.now(), timeZone: 'UTC' });
    assert.match(diagnosed?.report ?? '', /There is no database in \/data\/pgdata to apply the log to/);
  });

  it('comes back to a point in time from its snapshot: KubeBlocks 1.0 leaves the snapshot out');
});
