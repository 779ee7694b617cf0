import assert from 'node:assert/strict';
import { join } from 'node:path';
import { objectKey } from '../../src/kubeblocks/inventory';
import { KINDS } from '../../src/kubeblocks/kinds';
import type { Backup } from '../../src/kubeblocks/objects';
import { loadBackup } from '../../src/operations/restore';
import { createPlayground, type Playground } from '../../src/playground/playground';
import { Product } from '../cluster/support/product';
import { backupWithoutItsCluster, claimThatIsNeverMade, deletionOfWhatIsRetained, fieldThatNeverChanges, foreseenAndSeen, makePast, REFUSALS, type RefusalStage } from '../support/refusals';

const ROOT = join(__dirname, '..', '..');
const NAMESPACE = 'playground';
const POLICY = 'ledger-mysql-backup-policy';
const USER = 'administrator';

/** What a controller or the server refuses of a restore: foreseen by a rule of ours, then seen to be refused. */
describe('What is refused of a restore, foreseen and seen', function () {
  this.timeout(60_000);
  const problems: string[] = [];
  const seen: string[] = [];
  let playground: Playground;
  let product: Product;
  let stage: RefusalStage;

  before(async () => {
    const folders = { schemasFolder: join(ROOT, 'schemas'), dataFolder: join(ROOT, 'src', 'playground') };
    playground = await createPlayground({ ...folders, line: '1.0', speed: 40, onError: (error, where) => problems.push(`${where}: ${String(error)}`) });
    product = new Product({ kubeconfigFor: () => playground.kubeconfig.replaceAll('kubeblocks-playground', USER) }, NAMESPACE, USER);
    await product.until('ledger runs', ({ clusters }) => clusters.items.get(objectKey(NAMESPACE, 'ledger'))?.status?.phase === 'Running');
    const full = await product.completed(POLICY, { method: 'xtrabackup', name: 'full' });
    await product.completed(POLICY, { method: 'volume-snapshot', name: 'snapshot' });
    playground.faults.turnOn('backup-job-fails', { target: 'broken', detail: 'no space left on device' });
    await product.backUp(POLICY, { method: 'xtrabackup', name: 'broken' });
    playground.faults.turnOff('backup-job-fails');
    await product.until('broken is known', ({ backups }) => backups.items.get(objectKey(NAMESPACE, 'broken'))?.status?.phase === 'Failed');
    const found = [...product.inventory.backups.items.values()].find(({ spec, status }) => spec?.backupPolicyName === POLICY && status?.timeRange?.end !== undefined && spec.backupMethod === 'archive-binlog');
    assert.ok(found);
    const put: RefusalStage['put'] = (backup, status) => {
      const created = playground.store.create(KINDS.backup, { ...backup, metadata: { ...backup.metadata, finalizers: full.metadata.finalizers ?? [] } });
      playground.store.updateStatus(KINDS.backup, { ...created, status });
      return Promise.resolve();
    };
    const log: Backup = await loadBackup(product.deps, NAMESPACE, found.metadata.name);
    stage = { product, policy: POLICY, method: 'xtrabackup', taken: 'orders', full, log, put };
    await makePast(stage);
  });

  after(async () => {
    product.dispose();
    await playground.close();
    process.stdout.write(`\n${seen.join('\n')}\n`);
    assert.deepEqual([product.logger.errors, problems], [[], []]);
  });

  for (const refusal of REFUSALS) {
    it(`${refusal.number}: ${refusal.what}`, async () => void seen.push(await foreseenAndSeen(stage, refusal)));
  }

  it('45: a claim of a snapshot without its volume', async () => void seen.push(await claimThatIsNeverMade(stage)));
  it('48: a deletion of files that are to be retained', async () => void seen.push(await deletionOfWhatIsRetained(stage)));
  it('42: a backup that does not remember its cluster', async () => void seen.push(await backupWithoutItsCluster(stage)));
  it('47: a field that never changes', async () => void seen.push(await fieldThatNeverChanges(stage)));
});
