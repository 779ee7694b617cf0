import assert from 'node:assert/strict';
import { planBackup } from '../../../src/kubeblocks/backupPlan';
import type { BackupPlan } from '../../../src/kubeblocks/backupPlan';
import { KINDS } from '../../../src/kubeblocks/kinds';
import { AppError } from '../../../src/operations/appError';
import { backUp, tryBackup } from '../../../src/operations/backUp';
import { SUBMISSION_ANNOTATION } from '../../../src/operations/createOnce';
import { Submissions } from '../../../src/operations/submissions';
import { aBackup, aCluster, anInventory, aPolicy, aRepo, NAMESPACE, NOW, postgresActionSets } from '../../support/builders';
import { testDeps } from '../../support/operationDeps';

const inventory = anInventory({ clusters: [aCluster()], policies: [aPolicy()], repos: [aRepo()], actionSets: postgresActionSets() });

function plan(name = 'orders-1', method = 'pg-basebackup'): BackupPlan {
  return planBackup(inventory, { policy: aPolicy(), method, name, deletionPolicy: 'Delete' }, NOW);
}

describe('backUp', () => {
  it('creates the backup of the plan', async () => {
    const deps = testDeps();
    const { object } = await backUp(new Submissions(deps), plan());
    assert.equal(object.metadata.uid, 'uid-1');
    assert.deepEqual(deps.api.read(KINDS.backup, 'orders-1', NAMESPACE)?.['spec'], plan().object.spec);
  });

  it('makes one backup of two clicks', async () => {
    const deps = testDeps();
    const submissions = new Submissions(deps);
    const [first, second] = await Promise.all([backUp(submissions, plan()), backUp(submissions, plan())]);
    assert.equal(first.object, second.object);
    assert.equal(deps.api.calls.filter(({ verb }) => verb === 'create').length, 1);
  });

  it('finds its own backup again when the answer to the creation was lost', async () => {
    const deps = testDeps();
    deps.api.failNext('create', 0, 'ECONNRESET', { afterwards: true });
    const { object } = await backUp(new Submissions(deps), plan());
    assert.equal(object.metadata.uid, 'uid-1');
  });

  it('tries again when the connection broke before anything was created, and gives up in the end', async () => {
    const deps = testDeps();
    deps.api.failNext('create', 0, 'ECONNREFUSED', { times: 2 });
    await backUp(new Submissions(deps), plan());
    assert.deepEqual(deps.pauses, [500, 1000]);

    deps.api.failNext('create', 0, 'ECONNREFUSED', { times: 4 });
    await assert.rejects(backUp(new Submissions(deps), plan('other')), (error) => error instanceof AppError && error.reason === 'unreachable');
  });

  it('does not take a backup of somebody else for its own', async () => {
    const deps = testDeps();
    deps.api.put(KINDS.backup, aBackup('orders-1', '09:00:00', { metadata: { annotations: { [SUBMISSION_ANNOTATION]: 'other' } } }));
    await assert.rejects(backUp(new Submissions(deps), plan()), {
      reason: 'nameTaken',
      message: 'Backup orders-1 could not be created: a Backup of this name exists in payments. Choose another name.',
    });
  });

  it('lets a submission that was refused be made again', async () => {
    const deps = testDeps();
    const submissions = new Submissions(deps);
    deps.api.failNext('create', 403, 'Forbidden', { resource: KINDS.backup });
    await assert.rejects(backUp(submissions, plan()), { reason: 'forbidden' });
    await backUp(submissions, plan());
    assert.notEqual(deps.api.read(KINDS.backup, 'orders-1', NAMESPACE), undefined);
  });

  it('sends nothing when the plan has an error', async () => {
    const deps = testDeps();
    await assert.rejects(backUp(new Submissions(deps), plan('orders-1', 'archive-wal')), {
      message: 'Backup orders-1 was not created: archive-wal cannot be used: runs by schedule only.',
    });
    assert.deepEqual(deps.api.calls, []);
  });
});

describe('tryBackup', () => {
  it('stores nothing', async () => {
    const deps = testDeps();
    assert.equal((await tryBackup(deps, plan())).accepted, true);
    assert.equal(deps.api.read(KINDS.backup, 'orders-1', NAMESPACE), undefined);
  });

  it('gives the right to ask for when it is missing', async () => {
    const deps = testDeps();
    deps.api.failNext('create', 403, 'Forbidden', { resource: KINDS.backup });
    const result = await tryBackup(deps, plan());
    assert.ok(!result.accepted);
    assert.match(result.error.message, /you may not create backups\.dataprotection\.kubeblocks\.io in namespace payments/);
    assert.ok(result.error.action?.kind === 'copyRole' && result.error.action.manifest.includes('verbs: ["create"]'));
  });
});
