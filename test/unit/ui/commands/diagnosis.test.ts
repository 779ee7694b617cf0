import assert from 'node:assert/strict';
import { KINDS } from '../../../../src/kubeblocks/kinds';
import type { AnyObject } from '../../../../src/kubeblocks/objects';
import { WORKLOADS } from '../../../../src/operations/workloadKinds';
import type { ObjectRef } from '../../../../src/ui/objectRef';
import { aBackup, aCluster, aLog, anInventory, anOpsRequest, aPolicy, aRepo, aRestore, aSchedule, backupLabels, NAMESPACE, postgresActionSets } from '../../../support/builders';
import { TestApp } from '../../../support/testApp';

const FIX = 'kubeblocksBackup.startFix';
const REPORT = 'kubeblocksBackup.copyReport';
const CLUSTER: ObjectRef = { kind: 'cluster', namespace: NAMESPACE, name: 'orders-pg' };
const FAILED: ObjectRef = { kind: 'backup', namespace: NAMESPACE, name: 'b2' };
const failed = aBackup('b2', '10:00:00', { status: { phase: 'Failed', failureReason: 'datasafed: no space left on device', backupRepoName: 's3-main' } });
const log = aLog('09:00:00', '10:00:00', { metadata: { labels: { ...backupLabels('Continuous'), 'dataprotection.kubeblocks.io/backup-schedule': 'orders-pg-postgresql-backup-schedule' } } });
const off = aSchedule([{ backupMethod: 'archive-wal', cronExpression: '*/5 * * * *', enabled: false }]);

function stage(...others: readonly AnyObject[]): TestApp {
  const restore = aRestore('r-preparedata', 'r', 'Failed', { spec: { backup: { name: 'b1', namespace: NAMESPACE } }, status: { phase: 'Failed', conditions: [{ type: 'Restored', status: 'False', message: 'restore time out of the range for backup "b1"' }] } });
  const ops = anOpsRequest('restore-1', 'r', 'Creating', { spec: { type: 'Restore', clusterName: 'r', restore: { backupName: 'gone' } } });
  const repo = aRepo('offsite', 'Failed', { status: { phase: 'Failed', conditions: [{ type: 'PreCheckPassed', status: 'False', reason: 'PreCheckFailed', message: 'NoSuchBucket' }] } });
  const test = new TestApp({ inventory: anInventory({ clusters: [aCluster()], backups: [aBackup('b1'), failed, log], policies: [aPolicy()], schedules: [off], repos: [aRepo(), repo], actionSets: postgresActionSets(), restores: [restore], opsRequests: [ops] }) });
  test.deps.api.put(KINDS.cluster, aCluster());
  test.deps.api.put(KINDS.backup, failed, log);
  test.deps.api.put(KINDS.restore, restore);
  test.deps.api.put(KINDS.opsRequest, ops);
  test.deps.api.put(KINDS.backupRepo, repo);
  test.deps.api.put(KINDS.backupSchedule, off);
  test.deps.api.put(WORKLOADS.event, ...others);
  return test;
}

describe('Diagnose, from the palette', () => {
  it('offers all that failed or has not ended, backup sets first', async () => {
    const test = stage();
    await test.command('kubeblocksBackup.diagnose');
    assert.deepEqual(test.offered(), ['b2', '9f1c-orders-pg-archive-wal', 'r-preparedata', 'restore-1', 'offsite']);
    assert.deepEqual(test.shown, [{ form: 'diagnosis', context: 'kind-prod', ref: FAILED }]);
  });
});

describe('Start a Fix', () => {
  it('offers what the causes ask for, and starts what is chosen on what it is about', async () => {
    const test = stage();
    test.prompts.when(/^Fix for b2/, 'Back Up orders-pg Again…');
    await test.command(FIX, FAILED);
    assert.deepEqual(test.offered(), ['Show Repository s3-main', 'Back Up orders-pg Again…']);
    assert.deepEqual(test.ran, [['kubeblocksBackup.backUpNow', CLUSTER]]);
  });

  it('is about the diagnosis in front, which stays where it is beside a page', async () => {
    const test = stage();
    test.diagnosis = { context: 'kind-prod', ref: FAILED };
    await test.command(FIX);
    assert.deepEqual([test.prompts.asked, test.ran, test.shown], [['Fix for b2'], [], []]);
    assert.deepEqual(test.shownBeside, [{ form: 'describe', context: 'kind-prod', ref: { kind: 'backupRepo', name: 's3-main' } }]);
  });

  it('asks what it is about where the page in front is of another cluster', async () => {
    const test = stage();
    test.diagnosis = { context: 'elsewhere', ref: { ...FAILED, name: 'other' } };
    await test.command(FIX);
    assert.deepEqual(test.prompts.asked, ['Start a Fix', 'Fix for b2']);
  });

  const others: readonly (readonly [what: string, ref: ObjectRef, first: string])[] = [
    ['a restore', { kind: 'restore', namespace: NAMESPACE, name: 'r-preparedata' }, 'Show Recovery Timeline'],
    ['a repository', { kind: 'backupRepo', name: 'offsite' }, 'Show Repository offsite'],
    ['a log backup that is off', { kind: 'backup', namespace: NAMESPACE, name: log.metadata.name }, 'Turn Log Backup On…'],
    ['a schedule whose log backup is off', { kind: 'backupSchedule', namespace: NAMESPACE, name: off.metadata.name }, 'Turn Log Backup On…'],
  ];
  for (const [what, ref, first] of others) {
    it(`has one for ${what}`, async () => {
      const test = stage();
      await test.command(FIX, ref);
      assert.equal(test.offered()[0], first);
    });
  }

  it('says so where there is nothing to start', async () => {
    const test = stage();
    await test.command(FIX, { kind: 'opsRequest', namespace: NAMESPACE, name: 'restore-1' });
    assert.deepEqual([test.ran, test.told[0]?.slice(1)], [[], ['Diagnose', 'Show Log']]);
  });

  it('refuses what has no diagnosis', async () => {
    const test = stage();
    test.deps.api.put(KINDS.backupPolicy, aPolicy());
    await test.command(FIX, { kind: 'backupPolicy', namespace: NAMESPACE, name: aPolicy().metadata.name });
    assert.match(test.told[0]?.[0] ?? '', /^\S+ cannot be diagnosed: that is there for /);
  });

  it('is silent for one who turns away', async () => {
    const test = stage();
    test.prompts.when(/^Fix for/, { leave: true });
    await test.command(FIX, FAILED);
    assert.deepEqual([test.ran, test.told], [[], []]);
  });
});

describe('the diagnosis of a restore that nobody knows the cause of', () => {
  const label = { 'dataprotection.kubeblocks.io/restore': 'orders-pg-r1-preparedata' };
  const restore = aRestore('orders-pg-r1-preparedata', 'orders-pg-r1', 'Failed', {
    status: { phase: 'Failed', startTimestamp: '2026-11-23T11:00:00Z', completionTimestamp: '2026-11-23T11:02:00Z', actions: { prepareData: [{ name: 'prepareData-0', status: 'Failed', objectKey: 'Job/fill', message: 'restore-tool left with 77' }] } },
  });
  const cluster = aCluster('orders-pg-r1', { status: { phase: 'Creating' } });
  const ops = anOpsRequest('restore-r1', 'orders-pg-r1', 'Running', { spec: { type: 'Restore', clusterName: 'orders-pg-r1', restore: { backupName: 'b1' } } });
  const subjects: readonly (readonly [ObjectRef, string])[] = [
    [{ kind: 'cluster', namespace: NAMESPACE, name: 'orders-pg-r1' }, 'What does orders-pg-r1 wait for?'],
    [{ kind: 'opsRequest', namespace: NAMESPACE, name: 'restore-r1' }, 'What does restore-r1 wait for?'],
  ];
  for (const [ref, question] of subjects) {
    it(`says of the ${ref.kind} that it is not known, with what its Restore, job, pod and log say, in order`, async () => {
      const test = new TestApp({ inventory: anInventory({ clusters: [aCluster(), cluster], backups: [aBackup('b1')], policies: [aPolicy()], repos: [aRepo()], actionSets: postgresActionSets(), restores: [restore], opsRequests: [ops] }) });
      test.deps.api.put(KINDS.cluster, cluster);
      test.deps.api.put(KINDS.opsRequest, ops);
      test.deps.api.put(KINDS.restore, restore);
      const job: AnyObject = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'fill', namespace: NAMESPACE, labels: label }, status: { conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', message: 'it ran three times' }] } };
      test.deps.api.put(WORKLOADS.job, job);
      const pod: AnyObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'fill-x', namespace: NAMESPACE, labels: label }, spec: { containers: [{ name: 'restore' }] }, status: { phase: 'Failed' } };
      test.deps.api.put(WORKLOADS.pod, pod);
      test.deps.api.logs.set(`${NAMESPACE}/fill-x/restore`, 'begun\nfrobnication is out of phase');
      await test.command(REPORT, ref);
      const report = (test.copied[0] ?? '').replaceAll('\\', '');
      const parts = [`# ${question}`, 'cause not known', 'The cause is not one of the known ones', 'restore orders-pg-r1-preparedata', 'restore-tool left with 77', '## What happened', 'orders-pg-r1-preparedata', '## Restores', 'prepareData-0', 'Job/fill', '## Jobs', 'it ran three times', '## Pods', 'fill-x', '## Log of fill-x', 'frobnication is out of phase'];
      parts.reduce((from, part) => {
        const at = report.indexOf(part, from);
        assert.ok(at >= 0, `${part} after ${from} in\n${report}`);
        return at;
      }, 0);
      assert.doesNotMatch(report, /Nothing was found that stands against it/);
    });
  }
});

describe('Copy Diagnosis as Report', () => {
  it('has versions, causes, evidence and the object, and no credential', async () => {
    const event = { apiVersion: 'v1', kind: 'Event', metadata: { name: 'e', namespace: NAMESPACE }, type: 'Warning', reason: 'Failed', message: 'password=hunter2', involvedObject: { kind: 'Backup', name: 'b2' } };
    const test = stage(event);
    test.deps.api.put(KINDS.backup, { ...failed, metadata: { ...failed.metadata, annotations: { 'kubeblocks.io/encrypted-system-accounts': 'hunter2' } } });
    await test.command(REPORT, FAILED);
    const report = (test.copied[0] ?? '').replaceAll('\\', '');
    for (const part of ['# Why did b2 fail?', '## Versions', 'KubeBlocks 1.0', 'Kubernetes v1.34.4', '## 1. The disk that', '## What happened', '## Status', '## The object', 'kind: Backup']) {
      assert.ok(report.includes(part), part);
    }
    assert.doesNotMatch(report, /hunter2|kind-prod/);
    assert.match(test.told[0]?.[0] ?? '', /^Copied what was found about b2, as Markdown\./);
  });
});
