import assert from 'node:assert/strict';
import { parse } from 'yaml';
import type { Backup, SchedulePolicy } from '../../../../src/kubeblocks/objects';
import { scheduleScript } from '../../../../src/playground/controllers/backupScheduleNames';
import { scheduledBackup } from '../../../../src/playground/controllers/scheduledBackup';
import type { Policy, Schedule } from '../../../../src/playground/controllers/shapes';
import { RESOURCES } from '../../../../src/playground/resources';
import { addCluster, addRepo, phaseOf, POLICY } from '../../../support/dataProtectionSamples';
import { createStage, type Stage } from '../../../support/playgroundWorld';

const DAY = 86_400_000;

function scheduled(schedules: readonly object[]): Stage {
  const stage = createStage();
  addRepo(stage);
  addCluster(stage);
  stage.apply(RESOURCES.backupSchedule, { metadata: { name: 's' }, spec: { backupPolicyName: POLICY, schedules } });
  stage.clock.advance(1000);
  return stage;
}

const daily = { backupMethod: 'xtrabackup', cronExpression: '0 1 * * *', enabled: true, retentionPeriod: '2d' };
const backups = (stage: Stage) => stage.world.store.list(RESOURCES.backup) as readonly Backup[];

describe('a jump of the clock over days', () => {
  it('leaves the backups that its schedules made and their retention kept', () => {
    const stage = scheduled([daily, { ...daily, name: 'inc', backupMethod: 'xtrabackup-inc', cronExpression: '0 2 * * *' }]);
    stage.clock.advance(4 * DAY);
    const names = backups(stage).map(({ metadata, status }) => `${metadata.name.replace(/\d{2}$/, '')} ${String(status?.phase)}`).sort();
    assert.deepEqual(names, [
      'mycluster-inc-202611260200 Completed',
      'mycluster-inc-202611270200 Completed',
      'mycluster-xtrabackup-202611260100 Completed',
      'mycluster-xtrabackup-202611270100 Completed',
    ]);
    assert.ok(backups(stage).every(({ status }) => status?.totalSize !== undefined && status.timeRange?.end !== undefined));
    assert.deepEqual(stage.world.store.list(RESOURCES.job), []);
  });

  it('creates what the script of the schedule says', () => {
    const parameters = [{ name: 'database', value: 'a: "b"' }];
    const schedule: Schedule = { apiVersion: 'dataprotection.kubeblocks.io/v1alpha1', kind: 'BackupSchedule', metadata: { name: 's', namespace: 'demo', labels: { 'app.kubernetes.io/instance': 'c' } } };
    const policy: Policy = { apiVersion: 'dataprotection.kubeblocks.io/v1alpha1', kind: 'BackupPolicy', metadata: { name: 'p', namespace: 'demo' } };
    for (const one of [daily, { ...daily, name: 'n', parameters }] as readonly SchedulePolicy[]) {
      const script = scheduleScript(schedule, one, policy, undefined);
      const manifest = /<<EOF\n([\s\S]*?)\nEOF/.exec(script)![1]!.replace(/\$\(.*\)/, 'now');
      assert.deepEqual(scheduledBackup(schedule, one, policy, 'now'), parse(manifest));
    }
  });

  it('leaves a failed backup with its job, three pods and their logs', () => {
    const stage = scheduled([{ ...daily, retentionPeriod: '30d' }]);
    stage.faults.turnOn('backup-job-fails', { detail: 'disk full' });
    stage.clock.advance(DAY);
    const [failed] = backups(stage);
    assert.equal(phaseOf(stage, 'backup', failed!.metadata.name), 'Failed');
    assert.equal(failed!.status?.actions?.[0]?.failureReason, 'BackoffLimitExceeded:Job has reached the specified backoff limit');
    const [job] = stage.world.store.list(RESOURCES.job);
    const pods = stage.world.store.list(RESOURCES.pod, { labels: { 'job-name': job!.metadata.name } });
    assert.equal(pods.length, 3);
    assert.equal(stage.logs.podLog('demo', pods[0]!.metadata.name), 'disk full\n');
  });

  it('costs about twenty writes for each scheduled backup', () => {
    const stage = scheduled([{ ...daily, retentionPeriod: '' }]);
    const before = stage.changes.length;
    stage.clock.advance(10 * DAY);
    const each = (stage.changes.length - before) / backups(stage).length;
    assert.ok(each < 22, `${each} writes`);
  });
});
