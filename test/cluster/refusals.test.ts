import assert from 'node:assert/strict';
import { objectKey } from '../../src/kubeblocks/inventory';
import { loadBackup } from '../../src/operations/restore';
import { backupWithoutItsCluster, claimThatIsNeverMade, deletionOfWhatIsRetained, fieldThatNeverChanges, foreseenAndSeen, makePast, REFUSALS, type RefusalStage } from '../support/refusals';
import { Product } from './support/product';
import { LEAVE_ALONE } from './support/history';
import { sharedCluster } from './support/sharedCluster';
import { startLog } from './support/startLog';

const METHOD = 'pg-basebackup';

/** As `test/connection/refusals.test.ts`, by the real controllers: every rule of a restore, foreseen and seen. */
describe('what is refused of a restore, foreseen and seen, by the real controllers', () => {
  const seen: string[] = [];
  let stage: RefusalStage;

  before(async () => {
    const lane = await sharedCluster();
    const space = await lane.namespace({ engine: 'postgresql' });
    const product = new Product(lane, space.name);
    const full = await product.completed(space.policy, { method: METHOD, name: 'full' });
    await product.completed(space.policy, { method: 'volume-snapshot', name: 'snapshot' });
    const heal = space.failJob(/^dp-backup-.*broken/, 'no space left on device');
    await product.backUp(space.policy, { method: METHOD, name: 'broken' });
    heal();
    await product.until('broken is known', ({ backups }) => backups.items.get(objectKey(space.name, 'broken'))?.status?.phase === 'Failed');
    // After the bases, none of which is in it.
    const log = await loadBackup(product.deps, space.name, await startLog(product, space, 'archive-wal'));
    const put: RefusalStage['put'] = async (backup, status) => {
      const path = `/apis/dataprotection.kubeblocks.io/v1alpha1/namespaces/${space.name}/backups`;
      await lane.api.create(path, { ...backup, metadata: { ...backup.metadata, annotations: { [LEAVE_ALONE]: 'true' } } });
      await lane.api.patch(`${path}/${backup.metadata.name}/status`, { status });
    };
    stage = { product, policy: space.policy, method: METHOD, taken: space.cluster, full, log, put };
    await makePast(stage);
  });

  after(() => {
    stage.product.dispose();
    process.stdout.write(`\n${seen.join('\n')}\n`);
    assert.deepEqual(stage.product.logger.errors, []);
  });

  for (const refusal of REFUSALS) {
    it(`${refusal.number}: ${refusal.what}`, async () => void seen.push(await foreseenAndSeen(stage, refusal)));
  }

  it('45: a claim of a snapshot without its volume', async () => void seen.push(await claimThatIsNeverMade(stage)));
  it('48: a deletion of files that are to be retained', async () => void seen.push(await deletionOfWhatIsRetained(stage)));
  it('42: a backup that does not remember its cluster', async () => void seen.push(await backupWithoutItsCluster(stage)));
  it('47: a field that never changes', async () => void seen.push(await fieldThatNeverChanges(stage)));
});
