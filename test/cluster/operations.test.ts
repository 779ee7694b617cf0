import assert from 'node:assert/strict';
import { diagnoseBackup } from '../../src/kubeblocks/diagnosis';
import { objectKey } from '../../src/kubeblocks/inventory';
import { KINDS } from '../../src/kubeblocks/kinds';
import { ANNOTATIONS } from '../../src/kubeblocks/labels';
import type { AnyObject, Backup, Restore } from '../../src/kubeblocks/objects';
import { planRetention } from '../../src/kubeblocks/retentionPlan';
import { AppError } from '../../src/operations/appError';
import { backUp, tryBackup } from '../../src/operations/backUp';
import { changeRetention, tryRetention } from '../../src/operations/changeRetention';
import { collectBackupEvidence } from '../../src/operations/collectEvidence';
import { createOnce } from '../../src/operations/createOnce';
import { deleteBackup } from '../../src/operations/deleteBackup';
import { restore, tryRestore } from '../../src/operations/restore';
import type { ClusterLane } from './lane/clusterLane';
import type { LaneNamespace } from './lane/laneNamespace';
import { Product } from './support/product';
import { sharedCluster } from './support/sharedCluster';
import { startLog } from './support/startLog';

const LOG = 'pg_basebackup: error: connection to server failed: no space left on device';

describe('the use cases on the real controllers', () => {
  let lane: ClusterLane;
  let space: LaneNamespace;
  let product: Product;
  let full: Backup;

  before(async () => {
    lane = await sharedCluster();
    space = await lane.namespace();
    product = new Product(lane, space.name);
    full = await product.completed(space.policy, { method: 'wal-g', name: 'full', retentionPeriod: '3d' });
  });

  after(() => {
    product.dispose();
    assert.deepEqual(product.logger.errors, []);
  });

  describe('backing up', () => {
    it('completes a full backup with its size, range, expiry and repository', () => {
      const { phase, totalSize, timeRange, expiration, backupRepoName, completionTimestamp } = full.status ?? {};
      assert.deepEqual([phase, backupRepoName], ['Completed', 'object-store']);
      assert.ok(Number(totalSize) > 0 && timeRange?.end !== undefined && completionTimestamp !== undefined);
      assert.ok(Date.parse(expiration ?? '') > Date.now() + 2 * 24 * 3_600_000);
    });

    it('is judged by the server before anything is made', async () => {
      const plan = await product.planBackup(space.policy, { method: 'wal-g', name: 'only-tried' });
      assert.equal((await tryBackup(product.deps, plan)).accepted, true);
      await assert.rejects(space.get('backups', 'only-tried'), { status: 404 });
    });

    it('makes no second backup when the same one is submitted again, at once or later', async () => {
      const plan = await product.planBackup(space.policy, { method: 'wal-g', name: 'once' });
      const [first, second] = await Promise.all([backUp(product.submissions, plan), backUp(product.submissions, plan)]);
      const third = await backUp(product.submissions, plan);
      assert.deepEqual([second.object.metadata.uid, third.object.metadata.uid], [first.object.metadata.uid, first.object.metadata.uid]);
      await space.until<Backup>('backups', 'once', 'Completed', ({ status }) => status?.phase === 'Completed');
    });

    it('does not take the backup of somebody else for its own', async () => {
      const plan = await product.planBackup(space.policy, { method: 'wal-g', name: 'full' });
      const error: unknown = await createOnce(product.deps, KINDS.backup, plan.object, 'another window').catch((refusal: unknown) => refusal);
      assert.ok(error instanceof AppError && error.reason === 'nameTaken', String(error));
    });

    it('builds an incremental backup on its parent', async () => {
      const incremental = await product.completed(space.policy, { method: 'wal-g-incremental', name: 'incremental', parentBackupName: 'full' });
      assert.deepEqual([incremental.status?.parentBackupName, incremental.status?.baseBackupName], ['full', 'full']);
    });

    it('takes volume snapshots', async () => {
      const backup = await product.completed(space.policy, { method: 'volume-snapshot', name: 'snapshot' });
      assert.equal(backup.status?.actions?.[0]?.volumeSnapshots?.[0]?.volumeName, 'data');
    });

    it('hands parameters over to a selective backup', async () => {
      const parameters = [{ name: 'database', value: 'orders' }];
      const backup = await product.completed(space.policy, { method: 'pgdump', name: 'selective', parameters });
      assert.deepEqual(backup.spec?.parameters, parameters);
      assert.equal(backup.metadata.labels?.['dataprotection.kubeblocks.io/backup-type'], 'Selective');
    });

    it('follows a failing backup to its end and finds why in its log', async () => {
      const heal = space.failJob(/^dp-backup-.*failing/, LOG);
      const outcome = await product.backUp(space.policy, { method: 'pg-basebackup', name: 'failing' });
      heal();
      assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
      // The controller's own log collector may come before the log is there.
      assert.match(outcome.reason, /no space left on device|there are failed actions|^BackoffLimitExceeded:/);
      const [cause] = diagnoseBackup(outcome.backup, await collectBackupEvidence(product.deps, outcome.backup));
      assert.equal(cause?.code, 'noSpace');
      assert.ok(cause.evidence.some(({ source, text }) => source.startsWith('log') && text.includes(LOG)), JSON.stringify(cause));
    });

    it('says so when a snapshot fails for ever, which KubeBlocks does not', async () => {
      const heal = lane.failSnapshot({ namespace: space.name, name: /./ }, 'rpc error: quota exceeded');
      const outcome = await product.backUp(space.policy, { method: 'volume-snapshot', name: 'snapshot-stuck' });
      heal();
      assert.ok(outcome.kind === 'stuck', JSON.stringify(outcome));
      assert.match(outcome.reason, /volume snapshot .* fails: rpc error: quota exceeded/);
      assert.equal(outcome.backup.status?.phase, 'Running');
    });
  });

  describe('changing the retention of a completed backup', () => {
    const change = async (name: string, retentionPeriod: string): Promise<void> => {
      const backup = await space.get<Backup>('backups', name);
      const plan = planRetention(product.inventory, backup, { retentionPeriod, deletionPolicy: 'Delete' }, Date.now());
      const judged = await tryRetention(product.deps, plan);
      assert.ok(judged.accepted, judged.accepted ? '' : judged.error.message);
      await changeRetention(product.deps, plan);
    };
    const daysKept = ({ status }: Backup): number => (Date.parse(status?.expiration ?? '') - Date.parse(status?.completionTimestamp ?? '')) / 86_400_000;

    it('moves its expiration, which the retention alone does not', async () => {
      await product.completed(space.policy, { method: 'wal-g', name: 'kept', retentionPeriod: '3d' });
      await product.deps.api.patch(KINDS.backup, 'kept', space.name, { spec: { retentionPeriod: '9d' }, metadata: { annotations: { touched: 'once' } } });
      await product.completed(space.policy, { method: 'wal-g', name: 'after-kept' });
      assert.equal(daysKept(await space.get<Backup>('backups', 'kept')), 3);
      await change('kept', '9d');
      await product.completed(space.policy, { method: 'wal-g', name: 'after-change' });
      assert.equal(daysKept(await space.get<Backup>('backups', 'kept')), 9);
      await change('kept', '');
      assert.equal((await space.get<Backup>('backups', 'kept')).status?.expiration, undefined);
    });

    it('has it removed by the garbage collector where that time is over', async () => {
      const backup = await product.completed(space.policy, { method: 'wal-g', name: 'over' });
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, Date.parse(backup.status?.completionTimestamp ?? '') + 61_000 - Date.now())));
      await change('over', '1m');
      await space.untilGone('backups', 'over');
    });
  });

  describe('restoring', () => {
    const restores = async (cluster: string, namespace = space.name): Promise<readonly Restore[]> =>
      (await lane.api.list(`/apis/dataprotection.kubeblocks.io/v1alpha1/namespaces/${namespace}/restores?labelSelector=app.kubernetes.io%2Finstance%3D${cluster}`));

    for (const [name, source] of [
      ['full', 'full'],
      ['incremental', 'incremental'],
      ['snapshot', 'snapshot'],
    ] as const) {
      it(`makes a running cluster of a ${name} backup by an OpsRequest`, async () => {
        const plan = product.planRestore({ backup: await space.get<Backup>('backups', source), targetName: `from-${name}` });
        assert.deepEqual(plan.findings.filter(({ severity }) => severity === 'error'), []);
        assert.equal((await tryRestore(product.deps, plan)).accepted, true);
        const outcome = await product.restore(plan);
        assert.ok(outcome.kind === 'restored', JSON.stringify(outcome));
        assert.equal((await restores(`from-${name}`)).length, outcome.restores);
      });
    }

    it('makes a running cluster by an annotation, which is gone in the end', async () => {
      const outcome = await product.restore(product.planRestore({ backup: full, targetName: 'noted', way: 'annotation' }));
      assert.ok(outcome.kind === 'restored', JSON.stringify(outcome));
      assert.equal(outcome.cluster.metadata.annotations?.[ANNOTATIONS.restoreFromBackup], undefined);
    });

    it('restores into another namespace', async () => {
      const other = await lane.namespace({ engine: false });
      const outcome = await product.restore(product.planRestore({ backup: full, targetName: 'moved', targetNamespace: other.name }));
      assert.ok(outcome.kind === 'restored', JSON.stringify(outcome));
      assert.ok((await restores('moved', other.name)).length > 0);
    });

    it('says running, but nothing was restored, where the annotation names no component', async () => {
      const plan = product.planRestore({ backup: full, targetName: 'hollow', way: 'annotation' });
      const outcome = await product.restore({ ...plan, object: withOtherKey(plan.object, 'postgres') });
      assert.ok(outcome.kind === 'empty', JSON.stringify(outcome));
      assert.match(outcome.reason, /its restore annotation names postgres, which is no component of it/);
      assert.deepEqual(await restores('hollow'), []);
    });

    it('refuses a name that is taken, and says so where KubeBlocks creates for ever', async () => {
      const plan = product.planRestore({ backup: full, targetName: space.cluster });
      await assert.rejects(restore(product.submissions, plan), (error) => error instanceof AppError && error.reason === 'invalid' && /exists/.test(error.message));
      const outcome = await product.restore({ ...plan, findings: [] });
      assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
      assert.match(outcome.reason, /already exist/);
      assert.equal(outcome.seen.ops?.status?.phase, 'Creating');
    });

    it('restores to a point in time of a log, and refuses one outside of it', async () => {
      const log = await startLog(product, space, 'archive-wal');
      const base = await product.completed(space.policy, { method: 'pg-basebackup', name: 'base' });
      const wanted = Date.parse(base.status?.timeRange?.end ?? '') + 1000;
      const reached = await space.until<Backup>('backups', log, 'its range reaches beyond the base', ({ status }) => Date.parse(status?.timeRange?.end ?? '') >= wanted);
      await product.until('the log reaches as far', ({ backups }) => Date.parse(backups.items.get(objectKey(space.name, log))?.status?.timeRange?.end ?? '') >= wanted);
      const outcome = await product.restore(product.planRestore({ backup: reached, targetName: 'then', restoreTime: wanted }));
      assert.ok(outcome.kind === 'restored', JSON.stringify(outcome));

      const outside = product.planRestore({ backup: reached, targetName: 'too-late', restoreTime: wanted + 3_600_000 });
      await assert.rejects(restore(product.submissions, outside), (error) => error instanceof AppError && /outside the log backup/.test(error.message));
      const refused = await product.restore({ ...outside, findings: [] });
      assert.ok(refused.kind === 'failed', JSON.stringify(refused));
      assert.match(refused.reason, /time/);
    });

    it('follows a failing restore to its end', async () => {
      const heal = space.failJob(/^restore-/, 'datasafed: file does not exist');
      const outcome = await product.restore(product.planRestore({ backup: full, targetName: 'unlucky' }));
      heal();
      assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
      assert.match(outcome.reason, /failed/i);
    });
  });

  describe('deleting', () => {
    const yes = { confirm: { ask: () => Promise.resolve(true) }, time: { now: Date.now(), timeZone: 'UTC' } };

    it('asks first, and leaves the backup when told no', async () => {
      const backup = await product.completed(space.policy, { method: 'pg-basebackup', name: 'spared' });
      assert.deepEqual(await deleteBackup(product.deps, product.inventory, backup, { ...yes, confirm: { ask: () => Promise.resolve(false) } }), { kind: 'declined' });
      assert.equal((await space.get('backups', 'spared')).metadata.deletionTimestamp, undefined);
    });

    it('deletes a retained backup, which would hang in Deleting for ever', async () => {
      const backup = await product.completed(space.policy, { method: 'pg-basebackup', name: 'retained', deletionPolicy: 'Retain' });
      await deleteBackup(product.deps, product.inventory, backup, yes);
      await space.untilGone('backups', 'retained');
    });

    it('takes along what was built on it, as it says before', async () => {
      const outcome = await deleteBackup(product.deps, product.inventory, full, yes);
      assert.deepEqual(outcome.kind === 'deleting' && outcome.with.map(({ metadata }) => metadata.name), ['incremental']);
      await space.untilGone('backups', 'full');
      await space.untilGone('backups', 'incremental');
    });
  });
});

function withOtherKey(cluster: AnyObject, key: string): AnyObject {
  const { annotations = {} } = cluster.metadata;
  const [value] = Object.values(JSON.parse(annotations[ANNOTATIONS.restoreFromBackup] ?? '{}') as Record<string, unknown>);
  return { ...cluster, metadata: { ...cluster.metadata, annotations: { [ANNOTATIONS.restoreFromBackup]: JSON.stringify({ [key]: value }) } } };
}
