import assert from 'node:assert/strict';
import type { Backup, BackupSchedule } from '../../../../src/kubeblocks/objects';
import { RESOURCES } from '../../../../src/playground/resources';
import type { CronJob } from '../../../../src/playground/workloads/workload';
import { addCluster, addRepo, phaseOf, POLICY } from '../../../support/dataProtectionSamples';
import { createStage, history, type Stage } from '../../../support/playgroundWorld';

function prepared(): Stage {
  const stage = createStage();
  addRepo(stage);
  addCluster(stage);
  return stage;
}

function addSchedule(stage: Stage, name: string, schedules: readonly object[], spec: object = {}): void {
  stage.apply(RESOURCES.backupSchedule, {
    metadata: { name, labels: { 'app.kubernetes.io/instance': 'mycluster' } },
    spec: { backupPolicyName: POLICY, schedules, ...spec },
  });
  stage.clock.advance(200);
}

const daily = { backupMethod: 'xtrabackup', cronExpression: '0 19 * * *', enabled: true, retentionPeriod: '8d' };
const log = { backupMethod: 'archive-binlog', cronExpression: '*/30 * * * *', enabled: true, retentionPeriod: '8d' };
const statusOf = (stage: Stage, name: string) => stage.get<BackupSchedule>(RESOURCES.backupSchedule, name)?.status;
const autoBackups = (stage: Stage) => stage.world.store.list(RESOURCES.backup, { labels: { 'dataprotection.kubeblocks.io/autobackup': 'true' } }) as readonly Backup[];

describe('a backup schedule', () => {
  it('makes a CronJob in UTC that forbids overlap and keeps no successful jobs', () => {
    const stage = prepared();
    addSchedule(stage, 'mycluster-mysql-backup-schedule', [daily, { ...daily, name: 'off', enabled: false }]);
    const uid = stage.get(RESOURCES.backupSchedule, 'mycluster-mysql-backup-schedule')!.metadata.uid!.slice(0, 8);
    const cron = stage.get<CronJob>(RESOURCES.cronJob, `${uid}-mycluster-mysql-backu-xtrabackup`)!;
    assert.equal(stage.world.store.list(RESOURCES.cronJob).length, 1);
    assert.equal(cron.spec.schedule, '0 19 * * *');
    assert.equal((cron.spec as unknown as { timeZone: string }).timeZone, 'UTC');
    assert.equal(cron.spec.successfulJobsHistoryLimit, 0);
    assert.equal(cron.metadata.labels?.['dataprotection.kubeblocks.io/backup-method'], 'xtrabackup');
    assert.deepEqual(statusOf(stage, 'mycluster-mysql-backup-schedule'), { phase: 'Available', observedGeneration: 1 });
  });

  it('runs at its minute and takes a backup named by the second', () => {
    const stage = prepared();
    addSchedule(stage, 'nightly', [daily]);
    stage.until('scheduled backup', () => autoBackups(stage).length === 1, 3_700_000);
    const [created] = autoBackups(stage);
    assert.match(created!.metadata.name, /^mycluster-xtrabackup-2026112319000\d$/);
    assert.deepEqual(created!.metadata.labels?.['dataprotection.kubeblocks.io/backup-schedule'], 'nightly');
    assert.equal(created!.spec?.retentionPeriod, '8d');
    stage.until('Completed', () => autoBackups(stage)[0]?.status?.phase === 'Completed');
    stage.clock.advance(1000);
    const [cron] = stage.world.store.list(RESOURCES.cronJob) as unknown as readonly CronJob[];
    assert.equal(cron!.status?.lastScheduleTime, '2026-11-23T19:00:00Z');
    assert.ok(cron!.status.lastSuccessfulTime !== undefined);
    assert.deepEqual(stage.world.store.list(RESOURCES.job), []);
  });

  it('takes an incremental only once there is a completed full backup', () => {
    const stage = prepared();
    addSchedule(stage, 'inc', [{ ...daily, backupMethod: 'xtrabackup-inc', cronExpression: '*/10 * * * *' }]);
    stage.clock.advance(11 * 60_000);
    assert.deepEqual(autoBackups(stage), []);
    addSchedule(stage, 'full', [{ ...daily, cronExpression: '15 * * * *' }]);
    stage.clock.advance(12 * 60_000);
    const methods = autoBackups(stage).map(({ spec, status }) => `${String(spec?.backupMethod)} ${String(status?.phase)}`);
    assert.deepEqual(methods, ['xtrabackup Completed', 'xtrabackup-inc Completed']);
  });

  it('follows a changed cron and ends with its schedule', () => {
    const stage = prepared();
    addSchedule(stage, 'nightly', [daily]);
    const schedule = stage.get(RESOURCES.backupSchedule, 'nightly')!;
    stage.world.store.update(RESOURCES.backupSchedule, { ...schedule, spec: { backupPolicyName: POLICY, schedules: [{ ...daily, cronExpression: '5 18 * * *' }] } });
    stage.clock.advance(6 * 60_000);
    assert.equal(autoBackups(stage).length, 1);
    stage.delete(RESOURCES.backupSchedule, 'nightly');
    stage.clock.advance(200);
    assert.deepEqual(stage.world.store.list(RESOURCES.cronJob), []);
    assert.equal(stage.get(RESOURCES.backupSchedule, 'nightly'), undefined);
    assert.equal(autoBackups(stage).length, 1);
    assert.deepEqual(stage.events('BackupSchedule', 'nightly'), ['DeletingCR Deleting backupschedule: nightly', 'DeletedCR Deleted backupschedule: nightly']);
  });

  const cronError = (name: string, cron: string, text: string) => (uid: string) =>
    `CronJob.batch "${uid}-${name}-demo-xtrabackup" is invalid: spec.schedule: Invalid value: "${cron}": ${text}`;
  const refused: readonly [string, object, object, (uid: string) => string][] = [
    ['s-cron25', { cronExpression: '0 25 * * *' }, {}, cronError('s-cron25', '0 25 * * *', 'end of range (25) above maximum (23): 25')],
    ['s-6f', { cronExpression: '0 0 1 * * *' }, {}, cronError('s-6f', '0 0 1 * * *', 'expected exactly 5 fields, found 6: [0 0 1 * * *]')],
    ['s-tz', { cronExpression: 'CRON_TZ=Asia/Shanghai 0 1 * * *' }, {}, cronError('s-tz', 'CRON_TZ=Asia/Shanghai 0 1 * * *', 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead')],
    ['s-pol', {}, { backupPolicyName: 'nopol' }, () => 'BackupPolicy.dataprotection.kubeblocks.io "nopol" not found'],
    ['s-meth', { backupMethod: 'nope' }, {}, () => `backup method nope is not in backup policy demo/${POLICY}`],
  ];
  for (const [name, schedule, spec, message] of refused) {
    it(`${name} is Failed without observedGeneration: ${message('<uid>')}`, () => {
      const stage = prepared();
      addSchedule(stage, name, [{ ...daily, ...schedule }], spec);
      const text = message(stage.get(RESOURCES.backupSchedule, name)!.metadata.uid!.slice(0, 8));
      assert.deepEqual(statusOf(stage, name), { phase: 'Failed', failureReason: text });
      assert.deepEqual(stage.events('BackupSchedule', name), [`HandleBackupScheduleFailed ${text}`]);
    });
  }

  it('takes a retention that is none, and a macro', () => {
    const stage = prepared();
    addSchedule(stage, 's-ret', [{ ...daily, retentionPeriod: '7days' }]);
    addSchedule(stage, 's-macro', [{ ...daily, cronExpression: '@daily' }]);
    assert.equal(statusOf(stage, 's-ret')?.phase, 'Available');
    assert.equal(statusOf(stage, 's-macro')?.phase, 'Available');
  });
});

describe('a continuous backup', () => {
  const name = (stage: Stage) => autoBackups(stage)[0]!.metadata.name;
  const current = (stage: Stage) => autoBackups(stage)[0]!.status!;

  function withLog(): Stage {
    const stage = prepared();
    addSchedule(stage, 'mycluster-mysql-backup-schedule', [log]);
    stage.until('archiving', () => current(stage).timeRange?.end !== undefined);
    return stage;
  }

  function setEnabled(stage: Stage, enabled: boolean): void {
    const schedule = stage.get(RESOURCES.backupSchedule, 'mycluster-mysql-backup-schedule')!;
    stage.world.store.update(RESOURCES.backupSchedule, { ...schedule, spec: { backupPolicyName: POLICY, schedules: [{ ...log, enabled }] } });
    stage.clock.advance(3000);
  }

  it('runs in a StatefulSet, stays Running and has no expiration', () => {
    const stage = withLog();
    stage.clock.advance(2000);
    const status = current(stage);
    const set = stage.get(RESOURCES.statefulSet, name(stage))!;
    assert.equal(status.phase, 'Running');
    assert.equal(status.expiration, undefined);
    assert.equal(status.actions?.[0]?.actionType, 'StatefulSet');
    assert.equal(status.actions[0].availableReplicas, 1);
    const { resourceVersion, uid } = set.metadata;
    assert.deepEqual(status.actions[0].objectRef, { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace: 'demo', name: name(stage), resourceVersion, uid });
    assert.equal(status.actions[0].targetPodName, 'mycluster-mysql-0');
    assert.equal(autoBackups(stage)[0]!.metadata.labels?.['kubeblocks.io/role'], 'leader');
    assert.ok(stage.get(RESOURCES.pod, `${name(stage)}-0`) !== undefined);
  });

  it('moves its time range on, each minute', () => {
    const stage = withLog();
    const ends = () => history(stage, RESOURCES.backup, name(stage), (object) => (object as Backup).status?.timeRange?.end).filter((end) => end !== undefined);
    const before = ends().length;
    for (let minute = 0; minute < 5; minute++) stage.clock.advance(60_000);
    assert.equal(ends().length - before, 5);
    assert.ok(Number(current(stage).totalSize) > 2 ** 20);
  });

  it('costs hardly a write for a jump over nine days, and is up to date after it', () => {
    const stage = withLog();
    const writes = () => stage.changes.filter(({ resource }) => resource === RESOURCES.backup).length;
    const before = writes();
    stage.clock.advance(9 * 86_400_000);
    assert.ok(writes() - before <= 2, `${writes() - before} writes`);
    assert.ok(stage.clock.now() - Date.parse(current(stage).timeRange!.end!) <= 120_000);
  });

  it('is Completed when its schedule is disabled, and Running when it is enabled again', () => {
    const stage = withLog();
    setEnabled(stage, false);
    assert.equal(current(stage).phase, 'Completed');
    assert.ok(current(stage).expiration !== undefined);
    assert.equal(current(stage).actions?.[0]?.availableReplicas, 0);
    assert.equal(stage.get(RESOURCES.statefulSet, name(stage)), undefined);
    setEnabled(stage, true);
    assert.equal(current(stage).phase, 'Running');
    assert.ok(stage.get(RESOURCES.statefulSet, name(stage)) !== undefined);
  });

  it('is Completed when its cluster goes', () => {
    const stage = withLog();
    stage.delete(RESOURCES.cluster, 'mycluster');
    stage.clock.advance(1000);
    assert.equal(current(stage).phase, 'Completed');
  });

  it('stands still while the fault log-backup-stops is on', () => {
    const stage = withLog();
    stage.faults.turnOn('log-backup-stops');
    const end = current(stage).timeRange?.end;
    for (let minute = 0; minute < 5; minute++) stage.clock.advance(60_000);
    assert.equal(current(stage).timeRange?.end, end);
    assert.equal(phaseOf(stage, 'backup', name(stage)), 'Running');
  });
});
