import assert from 'node:assert/strict';
import { indexClusters } from '../../../src/kubeblocks/clusterIndex';
import { objectKey } from '../../../src/kubeblocks/inventory';
import { KINDS } from '../../../src/kubeblocks/kinds';
import { ANNOTATIONS } from '../../../src/kubeblocks/labels';
import { planLineDeletion, type LineDeletion } from '../../../src/kubeblocks/lineDeletion';
import type { BackupSchedule, SchedulePolicy } from '../../../src/kubeblocks/objects';
import { lineJobs, orphanLines, type CronJob } from '../../../src/kubeblocks/scheduleJobs';
import { removeLine, turnLineOff } from '../../../src/operations/deleteScheduleLine';
import { aCluster, anInventory, aPolicy, aSchedule, NAMESPACE, NOW, postgresActionSets } from '../../support/builders';
import { testDeps } from '../../support/operationDeps';

const own: SchedulePolicy = { name: 'mine', backupMethod: 'pg-basebackup', cronExpression: '7 3 * * *', enabled: true };
const usual: SchedulePolicy = { name: 'pg-basebackup', backupMethod: 'pg-basebackup', cronExpression: '0 18 * * *', enabled: true };
const NAME = 'orders-pg-postgresql-backup-schedule';

function scheduleWith(items: readonly SchedulePolicy[], status: object = {}): BackupSchedule {
  const made = aSchedule(items);
  return { ...made, metadata: { ...made.metadata, name: NAME, uid: 'abcdefgh-1', generation: 3, annotations: { [ANNOTATIONS.policyTemplate]: 'postgresql-template' } }, spec: { ...made.spec, backupPolicyName: aPolicy().metadata.name, schedules: items }, status };
}

function plan(schedule: BackupSchedule, item: SchedulePolicy, templateLines: readonly string[] | 'unread' = ['pg-basebackup'], backup?: object): LineDeletion {
  const cluster = aCluster('orders-pg', backup === undefined ? {} : { spec: { ...aCluster().spec, backup } });
  const inventory = anInventory({ clusters: [cluster], policies: [aPolicy()], schedules: [schedule], actionSets: postgresActionSets() });
  const entry = indexClusters(inventory).entries.get(objectKey(NAMESPACE, 'orders-pg'));
  assert.ok(entry);
  return planLineDeletion(inventory, { entry, policy: aPolicy(), schedule, item, templateLines: templateLines === 'unread' ? undefined : templateLines }, NOW);
}

const codes = ({ findings }: LineDeletion): readonly string[] => findings.map(({ severity, code }) => `${severity} ${code}`);

describe('deleting a line of a schedule', () => {
  it('turns it off, waits until its controller has followed, and takes it out', async () => {
    const deps = testDeps();
    const schedule = scheduleWith([usual, own], { observedGeneration: 2, phase: 'Failed', failureReason: 'the line itself' });
    deps.api.put(KINDS.backupSchedule, schedule);
    const made = plan(schedule, own);
    assert.deepEqual(codes(made), ['info copiesStay']);
    const generation = await turnLineOff(deps, made);
    const read = (): BackupSchedule | undefined => deps.api.read(KINDS.backupSchedule, NAME, NAMESPACE);
    assert.deepEqual(read()?.spec?.schedules?.map(({ name, enabled }) => [name, enabled]), [['pg-basebackup', true], ['mine', false]]);
    const live = read();
    assert.ok(live);
    const removed = removeLine(deps, made, generation);
    const observed: BackupSchedule = { ...live, status: { observedGeneration: generation, phase: 'Available' } };
    deps.api.put(KINDS.backupSchedule, observed);
    assert.equal(await removed, 'removed');
    assert.deepEqual(read()?.spec?.schedules?.map(({ name }) => name), ['pg-basebackup']);
  });

  it('leaves it there, off, where nobody waits or its controller fails', async () => {
    const deps = testDeps();
    const schedule = scheduleWith([usual, own], { phase: 'Failed', failureReason: 'backup method nope is not in backup policy' });
    deps.api.put(KINDS.backupSchedule, schedule);
    const made = plan(schedule, own);
    const generation = await turnLineOff(deps, made);
    assert.equal(await removeLine(deps, made, generation, { signal: AbortSignal.abort() }), 'stoppedWaiting');
    await assert.rejects(removeLine(deps, made, generation), /^AppError: Line mine of schedule \S+ is off, but was not removed: KubeBlocks cannot take the schedule \(backup method nope/);
  });

  it('puts a line that is gone back, off, so that its CronJob goes', () => {
    const made = plan(scheduleWith([usual]), own);
    assert.deepEqual(made.off.object.spec?.schedules?.at(-1), { ...own, enabled: false });
    assert.deepEqual(made.removal.object.spec?.schedules, [usual]);
  });

  it('is refused where KubeBlocks would add it again, and said where that is not known', () => {
    const schedule = scheduleWith([usual, own]);
    assert.deepEqual(codes(plan(schedule, usual)), ['error template']);
    assert.deepEqual(codes(plan(schedule, own, 'unread')), ['warning templateUnknown', 'info copiesStay']);
    assert.deepEqual(codes(plan(scheduleWith([own]), own, [], { method: 'pg-basebackup', enabled: false })), ['error clusterLine']);
    assert.deepEqual(codes(plan(schedule, own, [], { method: 'pg-basebackup', enabled: true })), ['error clusterSwitches']);
  });
});

describe('the CronJobs of a schedule', () => {
  const job = (line: string, spec: CronJob['spec']): CronJob => ({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: `${`abcdefgh-${NAME}-${NAMESPACE}`.slice(0, 30).replace(/-+$/, '')}-${line}`, namespace: NAMESPACE, labels: { 'dataprotection.kubeblocks.io/backup-method': 'pg-basebackup' } },
    ...(spec === undefined ? {} : { spec }),
  });
  const problems = (items: readonly SchedulePolicy[], jobs: readonly CronJob[], deadline?: number): readonly (string | undefined)[] => {
    const schedule = scheduleWith(items);
    return lineJobs({ ...schedule, spec: { ...schedule.spec, ...(deadline === undefined ? {} : { startingDeadlineMinutes: deadline }) } }, jobs, () => false).map(({ problem }) => problem);
  };

  it('are as the lines say, or it is said how they are', () => {
    assert.deepEqual(problems([own], [job('mine', { schedule: '7 3 * * *' })]), [undefined]);
    assert.deepEqual(problems([own], [job('mine', { schedule: 'CRON_TZ=UTC 7 3 * * *', startingDeadlineSeconds: 1800 })], 30), [undefined]);
    assert.deepEqual(problems([own], [job('mine', { schedule: '9 9 * * *', suspend: true })], 30), ['its CronJob is suspended: nothing runs, its CronJob runs at 9 9 * * *, its CronJob has another starting deadline']);
    assert.deepEqual(problems([own], []), ['it has no CronJob: nothing runs']);
    assert.deepEqual(problems([{ ...own, enabled: false }], [job('mine', { schedule: '7 3 * * *' })]), ['the line is off, its CronJob is there']);
  });

  it('go on where their line is gone', () => {
    assert.deepEqual(orphanLines(scheduleWith([usual]), [job('mine', { schedule: '7 3 * * *' }), job('pg-basebackup', { schedule: '0 18 * * *' })]), [own]);
  });
});
