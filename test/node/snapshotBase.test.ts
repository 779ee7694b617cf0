import assert from 'node:assert/strict';
import { loadBackup } from '../../src/operations/restore';
import { databaseOf } from './support/databases';
import { Journey } from './support/journey';
import { sharedNode } from './support/sharedNode';

describe('a log whose only base is a snapshot, on a real node', () => {
  let journey: Journey;

  before(async () => {
    journey = await Journey.start(await sharedNode(), databaseOf('postgresql'));
  });
  after(() => journey.end());

  it('explore', async () => {
    await journey.startLog('archive-wal');
    await journey.backUp('volume-snapshot', 'snapshot-base');
    const written = await journey.writeOnce();
    await journey.untilLogged(written);
    console.log('restorable', journey.isRestorable(written), journey.baseAt(written), JSON.stringify(journey.window().stretches.map(({ kind, from, to }) => ({ kind, from, to }))));
    const { log } = journey.borders();
    const plan = journey.plan({ backup: await loadBackup(journey.product.deps, journey.namespace, log.metadata.name), restoreTime: written * 1000 });
    console.log(JSON.stringify(plan.findings, null, 1));
    const outcome = await journey.product.restore(plan);
    console.log(JSON.stringify(outcome, null, 1).slice(0, 3000));
    assert.ok(outcome);
  });
});
