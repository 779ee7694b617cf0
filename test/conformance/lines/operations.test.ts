import assert from 'node:assert/strict';
import { join } from 'node:path';
import { objectKey } from '../../../src/kubeblocks/inventory';
import type { KubeBlocksLine } from '../../../src/kubeblocks/kinds';
import type { Backup } from '../../../src/kubeblocks/objects';
import { restoreWays } from '../../../src/kubeblocks/restoreWays';
import { tryBackup } from '../../../src/operations/backUp';
import { deleteBackup } from '../../../src/operations/deleteBackup';
import { tryRestore } from '../../../src/operations/restore';
import { createPlayground, type Playground } from '../../../src/playground/playground';
import { Product } from '../../cluster/support/product';

const ROOT = join(__dirname, '../../..');
const NAMESPACE = 'playground';
const POLICY = 'ledger-mysql-backup-policy';
/** Playground seconds a second: its jobs take some seconds of its own. */
const SPEED = 40;
const USER = 'administrator';

/** The extension's own use cases against each line the playground speaks, samples and all. */
for (const line of ['0.9', '1.0', '1.2'] satisfies readonly KubeBlocksLine[]) {
  describe(`the use cases on a playground of KubeBlocks ${line}`, function () {
    this.timeout(60_000);
    const problems: string[] = [];
    let playground: Playground;
    let product: Product;

    before(async () => {
      playground = await createPlayground({
        line,
        schemasFolder: join(ROOT, 'schemas'),
        dataFolder: join(ROOT, 'src', 'playground'),
        speed: SPEED,
        onError: (error, where) => problems.push(`${where}: ${String(error)}`),
      });
      product = new Product({ kubeconfigFor: () => playground.kubeconfig.replaceAll('kubeblocks-playground', USER) }, NAMESPACE, USER);
      await product.until('the line', (inventory) => inventory.line !== undefined);
    });

    after(async () => {
      product.dispose();
      await playground.close();
      assert.deepEqual(product.logger.errors, []);
      assert.deepEqual(problems, []);
    });

    let full: Backup;

    it('knows the line, and that its sample databases run', async () => {
      assert.equal(product.inventory.line, line);
      await product.until('ledger runs', ({ clusters }) => clusters.items.get(objectKey(NAMESPACE, 'ledger'))?.status?.phase === 'Running');
    });

    it('backs up in full, upon that, and by a snapshot', async () => {
      const plan = await product.planBackup(POLICY, { method: 'xtrabackup', name: 'full' });
      assert.equal((await tryBackup(product.deps, plan)).accepted, true);
      full = await product.completed(POLICY, { method: 'xtrabackup', name: 'full', retentionPeriod: '7d' });
      const upon = await product.completed(POLICY, { method: 'xtrabackup-inc', name: 'upon', parentBackupName: 'full' });
      assert.equal(upon.status?.parentBackupName, 'full');
      const snapshot = await product.completed(POLICY, { method: 'volume-snapshot', name: 'snapshot' });
      assert.equal(snapshot.status?.actions?.[0]?.volumeSnapshots?.[0]?.volumeName, 'data');
    });

    it('tells how a backup failed', async () => {
      playground.faults.turnOn('backup-job-fails', { target: 'failing', detail: 'no space left on device' });
      const outcome = await product.backUp(POLICY, { method: 'xtrabackup', name: 'failing' });
      playground.faults.turnOff('backup-job-fails');
      assert.equal(outcome.kind, 'failed', JSON.stringify(outcome));
    });

    for (const way of restoreWays(line)) {
      it(`restores by ${way}`, async () => {
        const plan = product.planRestore({ backup: full, targetName: `by-${way.toLowerCase()}`, way });
        assert.deepEqual(plan.findings.filter(({ severity }) => severity === 'error'), []);
        const tried = await tryRestore(product.deps, plan);
        assert.ok(tried.accepted, tried.accepted ? '' : tried.error.message);
        const outcome = await product.restore(plan);
        assert.equal(outcome.kind, 'restored', JSON.stringify(outcome));
      });
    }

    it('tells how a restore failed', async () => {
      playground.faults.turnOn('restore-job-fails');
      const outcome = await product.restore(product.planRestore({ backup: full, targetName: 'unlucky' }));
      playground.faults.turnOff('restore-job-fails');
      assert.equal(outcome.kind, 'failed', JSON.stringify(outcome));
    });

    it('deletes a backup', async () => {
      const snapshot = product.inventory.backups.items.get(objectKey(NAMESPACE, 'snapshot'));
      assert.ok(snapshot);
      const outcome = await deleteBackup(product.deps, product.inventory, snapshot, { confirm: { ask: () => Promise.resolve(true) }, time: { now: Date.now(), timeZone: 'UTC' } });
      assert.equal(outcome.kind, 'deleting');
      await product.until('it is gone', ({ backups }) => !backups.items.has(objectKey(NAMESPACE, 'snapshot')));
    });
  });
}
