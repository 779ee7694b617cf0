import assert from 'node:assert/strict';
import { KINDS } from '../../../src/kubeblocks/kinds';
import type { Backup } from '../../../src/kubeblocks/objects';
import { planRetention, type RetentionPlan } from '../../../src/kubeblocks/retentionPlan';
import { changeRetention, tryRetention } from '../../../src/operations/changeRetention';
import { aBackup, anInventory, NAMESPACE, NOW } from '../../support/builders';
import { testDeps, type TestDeps } from '../../support/operationDeps';

const backup = aBackup('full');
const plan = (retentionPeriod = '14d', of: Backup = backup): RetentionPlan => planRetention(anInventory({ backups: [of] }), of, { retentionPeriod, deletionPolicy: 'Delete' }, NOW);

function stage(live: Backup = backup): TestDeps {
  const deps = testDeps();
  deps.api.put(KINDS.backup, live);
  return deps;
}

const stored = ({ api }: TestDeps): Backup => api.read(KINDS.backup, 'full', NAMESPACE) as KubeBackup;
type KubeBackup = Backup & ReturnType<TestDeps['api']['read']>;
const patched = ({ api }: TestDeps): readonly string[] => api.calls.filter(({ verb }) => verb === 'patch').map(({ kind, dryRun }) => `${kind}${dryRun ? ' (dry run)' : ''}`);

describe('changeRetention', () => {
  it('asks about both parts first, then writes the expiration and the retention', async () => {
    const deps = stage();
    assert.equal((await tryRetention(deps, plan())).accepted, true);
    assert.deepEqual(stored(deps), backup);
    await changeRetention(deps, plan());
    assert.deepEqual([stored(deps).spec?.retentionPeriod, stored(deps).status?.expiration], ['14d', '2026-12-07T09:12:44Z']);
    assert.deepEqual(patched(deps), ['Backup/status (dry run)', 'Backup (dry run)', 'Backup/status', 'Backup']);
  });

  it('goes by the backup as it is by then: one that runs is counted by the controller', async () => {
    const deps = stage({ ...backup, status: { ...backup.status, phase: 'Running' } });
    await changeRetention(deps, plan());
    assert.deepEqual([patched(deps), stored(deps).spec?.retentionPeriod], [['Backup'], '14d']);
  });

  it('changes nothing where the status may not be written', async () => {
    const deps = stage();
    deps.api.failNext('patch', 403, 'Forbidden', { resource: { ...KINDS.backup, plural: 'backups/status' } });
    await assert.rejects(changeRetention(deps, plan()), {
      message: 'Backup full was not changed: you may not patch backups/status.dataprotection.kubeblocks.io in namespace payments. Ask an administrator for the right.',
    });
    assert.deepEqual(stored(deps), backup);
  });

  it('tries again over what the controller wrote meanwhile, and twice is once', async () => {
    const deps = stage();
    deps.api.failNext('patch', 409, 'Conflict', { times: 2 });
    await changeRetention(deps, plan());
    const once = stored(deps);
    await changeRetention(deps, plan());
    assert.deepEqual(stored(deps), once);
  });

  it('refuses a plan with an error, and says that a backup is gone', async () => {
    const deps = stage();
    await assert.rejects(changeRetention(deps, plan('7days')), /^AppError: Backup full was not changed: "7days" is no retention period\./);
    assert.deepEqual(patched(deps), []);
    deps.api.remove(KINDS.backup, 'full', NAMESPACE);
    const judged = await tryRetention(deps, plan());
    assert.match(judged.accepted ? '' : judged.error.message, /^The change of backup full would not be accepted: Backup full does not exist/);
  });
});
