import assert from 'node:assert/strict';
import { indexClusters } from '../../../src/kubeblocks/clusterIndex';
import { objectKey } from '../../../src/kubeblocks/inventory';
import { KINDS } from '../../../src/kubeblocks/kinds';
import type { BackupSchedule, SchedulePolicy } from '../../../src/kubeblocks/objects';
import { planSchedule, type SchedulePlan } from '../../../src/kubeblocks/schedulePlan';
import { AppError } from '../../../src/operations/appError';
import { changeSchedule, trySchedule } from '../../../src/operations/changeSchedule';
import { Submissions } from '../../../src/operations/submissions';
import { aCluster, anInventory, aPolicy, aRepo, aSchedule, NAMESPACE, NOW, postgresActionSets } from '../../support/builders';
import { testDeps, type TestDeps } from '../../support/operationDeps';

const item: SchedulePolicy = { backupMethod: 'pg-basebackup', cronExpression: '0 18 * * *', enabled: false };
const NAME = aSchedule([]).metadata.name;

function plan(schedules: readonly BackupSchedule[] = [aSchedule([item])], cronExpression = '0 3 * * *'): SchedulePlan {
  const inventory = anInventory({ clusters: [aCluster()], policies: [aPolicy()], repos: [aRepo()], actionSets: postgresActionSets(), schedules });
  const entry = indexClusters(inventory).entries.get(objectKey(NAMESPACE, 'orders-pg'))!;
  return planSchedule(inventory, { entry, policy: aPolicy(), method: 'pg-basebackup', enabled: true, cronExpression }, NOW);
}

function stage(resourceVersion = '5'): TestDeps {
  const deps = testDeps();
  const schedule = aSchedule([item]);
  deps.api.put(KINDS.backupSchedule, { ...schedule, metadata: { ...schedule.metadata, resourceVersion } });
  return deps;
}

const stored = (deps: TestDeps): readonly SchedulePolicy[] | undefined => (deps.api.read(KINDS.backupSchedule, NAME, NAMESPACE) as BackupSchedule | undefined)?.spec?.schedules;
const change = (deps: TestDeps, planned = plan()) => changeSchedule(deps, new Submissions(deps), planned);

describe('changeSchedule', () => {
  it('writes the item, and asks first without writing', async () => {
    const deps = stage();
    assert.equal((await trySchedule(deps, plan())).accepted, true);
    assert.deepEqual(stored(deps), [item]);
    await change(deps);
    assert.deepEqual(stored(deps), [{ ...item, cronExpression: '0 3 * * *', enabled: true }]);
  });

  it('tries again over what a controller wrote meanwhile, and gives up on what never ends', async () => {
    const deps = stage();
    deps.api.failNext('patch', 409, 'Conflict', { times: 2 });
    await change(deps);
    assert.equal(stored(deps)?.[0]?.enabled, true);
    deps.api.failNext('patch', 409, 'Conflict', { times: 4 });
    await assert.rejects(change(deps), (error: unknown) => error instanceof AppError && error.message.startsWith(`BackupSchedule ${NAME} could not be changed: `));
  });

  it('is tried again as well when it is only asked about', async () => {
    const deps = stage();
    deps.api.failNext('patch', 409, 'Conflict', { times: 2 });
    assert.equal((await trySchedule(deps, plan())).accepted, true);
    deps.api.failNext('patch', 409, 'Conflict', { times: 4 });
    assert.equal((await trySchedule(deps, plan())).accepted, false);
  });

  it('makes a BackupSchedule once, however often it is asked to', async () => {
    const deps = testDeps();
    const submissions = new Submissions(deps);
    await Promise.all([changeSchedule(deps, submissions, plan([])), changeSchedule(deps, submissions, plan([]))]);
    assert.equal(deps.api.calls.filter(({ verb }) => verb === 'create').length, 1);
  });

  it('does not write what its own rules refuse', async () => {
    const deps = stage();
    await assert.rejects(change(deps, plan(undefined, '0 25 * * *')), /^AppError: BackupSchedule .* was not changed: "0 25 \* \* \*" is no cron expression/);
    assert.deepEqual(deps.api.calls, []);
  });

  it('says why the server would not take it', async () => {
    const deps = stage();
    deps.api.failNext('patch', 403, 'Forbidden', { resource: KINDS.backupSchedule });
    const result = await trySchedule(deps, plan());
    assert.match(result.accepted ? '' : result.error.message, /^The change of BackupSchedule .* would not be accepted: /);
  });

  it('says that the schedule is gone', async () => {
    await assert.rejects(change(testDeps()), /BackupSchedule .* could not be changed/);
  });
});
