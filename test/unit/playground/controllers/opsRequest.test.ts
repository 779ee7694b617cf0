import assert from 'node:assert/strict';
import type { Backup, OpsRequest } from '../../../../src/kubeblocks/objects';
import { RESOURCES } from '../../../../src/playground/resources';
import { addBackup, addCluster, addRepository, clusterYaml, createClusterStage, MYSQL, NAMESPACE, type ClusterStage } from '../../../support/clusterStage';

const POLICY = 'db-mysql-backup-policy';

function ops(name: string, spec: string): string {
  return `
apiVersion: operations.kubeblocks.io/v1alpha1
kind: OpsRequest
metadata: {name: ${name}}
spec: ${spec}
`;
}

function stageWithCluster(): ClusterStage {
  const stage = createClusterStage();
  addRepository(stage);
  addCluster(stage, clusterYaml('db', MYSQL));
  return stage;
}

function statusOf(stage: ClusterStage, name: string) {
  return stage.get<OpsRequest>(RESOURCES.opsRequest, name)?.status;
}

function phases(stage: ClusterStage, name: string): readonly string[] {
  const seen = stage.changes
    .filter(({ resource, object }) => resource.plural === 'opsrequests' && object.metadata.name === name)
    .map(({ object }) => (object.status as { phase?: string } | undefined)?.phase ?? '');
  return seen.filter((phase, index) => phase !== seen[index - 1]);
}

describe('OpsRequest Backup', function () {
  this.timeout(20_000);
  it('goes from Pending to Succeed while its backup completes, progress staying -/-', () => {
    const stage = stageWithCluster();
    stage.create(ops('ops', '{type: Backup, clusterName: db, backup: {backupName: b1, backupMethod: xtrabackup, retentionPeriod: 3d}}'));
    stage.until('it succeeds', () => statusOf(stage, 'ops')?.phase === 'Succeed');

    assert.deepEqual(phases(stage, 'ops'), ['', 'Pending', 'Creating', 'Running', 'Succeed']);
    const { progress, conditions } = statusOf(stage, 'ops')!;
    assert.equal(progress, '-/-');
    assert.deepEqual(
      conditions?.map(({ type, status, reason }) => `${type} ${status} ${reason ?? ''}`),
      ['WaitForProgressing True WaitForProgressing', 'Validated True ValidateOpsRequestPassed', 'Backup True BackupStarted', 'Succeed True OpsRequestProcessedSuccessfully'],
    );
    const backup = stage.get<Backup>(RESOURCES.backup, 'b1')!;
    assert.equal(backup.status?.phase, 'Completed');
    assert.equal(backup.metadata.labels?.['operations.kubeblocks.io/ops-name'], 'ops');
    assert.equal(backup.spec?.retentionPeriod, '3d');
  });

  it('without a name or method takes a volume snapshot under a name of its own', () => {
    const stage = stageWithCluster();
    stage.create(ops('ops', '{type: Backup, clusterName: db, backup: {}}'));
    stage.until('it succeeds', () => statusOf(stage, 'ops')?.phase === 'Succeed');
    const [backup] = stage.store.list(RESOURCES.backup, { namespace: NAMESPACE }) as unknown as Backup[];
    assert.match(backup!.metadata.name, /^backup-playground-db-20261123\d{6}$/);
    assert.equal(backup!.spec?.backupMethod, 'volume-snapshot');
  });

  it('fails when its backup fails', () => {
    const stage = stageWithCluster();
    stage.faults.turnOn('backup-job-fails', { target: 'b1' });
    stage.create(ops('ops', '{type: Backup, clusterName: db, backup: {backupName: b1, backupMethod: xtrabackup}}'));
    stage.until('it fails', () => statusOf(stage, 'ops')?.phase === 'Failed', 300_000);
    assert.equal(statusOf(stage, 'ops')?.conditions?.at(-1)?.message, 'backup failed');
  });

  it('fails at once for a cluster that is not there', () => {
    const stage = createClusterStage();
    stage.create(ops('ops', '{type: Backup, clusterName: nocluster, backup: {}}'));
    stage.until('it fails', () => statusOf(stage, 'ops')?.phase === 'Failed', 5_000);
    assert.deepEqual(
      statusOf(stage, 'ops')?.conditions?.map(({ type, status, reason, message }) => [type, status, reason, message]),
      [['Validated', 'False', 'ClusterNotFound', 'spec.clusterName nocluster is not found']],
    );
  });

  it('stays Creating for ever with an unknown method', () => {
    const stage = stageWithCluster();
    stage.create(ops('ops', '{type: Backup, clusterName: db, backup: {backupMethod: nope}}'));
    stage.clock.advance(600_000);
    assert.equal(statusOf(stage, 'ops')?.phase, 'Creating');
    assert.ok(
      stage
        .events('OpsRequest', 'ops')
        .includes(
          "DoActionFailed: Failed to process the operation of OpsRequest: backup method nope is not supported, please check cluster's backup policy",
        ),
    );
  });

  it('is deleted when its time after success is up', () => {
    const stage = stageWithCluster();
    stage.create(ops('ops', '{type: Backup, clusterName: db, ttlSecondsAfterSucceed: 30, backup: {backupName: b1, backupMethod: xtrabackup}}'));
    stage.until('it succeeds', () => statusOf(stage, 'ops')?.phase === 'Succeed');
    stage.clock.advance(31_000);
    assert.equal(stage.get(RESOURCES.opsRequest, 'ops'), undefined);
  });

  it('says which operations the playground carries out', () => {
    const stage = createClusterStage();
    stage.create(ops('ops', '{type: Restart, clusterName: db}'));
    stage.until('it fails', () => statusOf(stage, 'ops')?.phase === 'Failed', 5_000);
    assert.equal(statusOf(stage, 'ops')?.conditions?.[0]?.message, 'the playground carries out Backup and Restore, not Restart');
  });
});

describe('OpsRequest Restore', function () {
  this.timeout(20_000);
  it('builds a new running cluster from the snapshot in the backup', () => {
    const stage = stageWithCluster();
    addBackup(stage, 'b1', POLICY, 'xtrabackup');
    stage.create(ops('ops', '{type: Restore, clusterName: copy, restore: {backupName: b1}}'));
    stage.until('it succeeds', () => statusOf(stage, 'ops')?.phase === 'Succeed');

    assert.equal(stage.phase(RESOURCES.cluster, 'copy'), 'Running');
    const before = stage.get(RESOURCES.cluster, 'copy')!.metadata.annotations ?? {};
    assert.equal(before['kubeblocks.io/ops-request'], undefined);
    assert.ok('kubeblocks.io/restore-from-backup' in before, 'the last stage is still to come');
    stage.clock.advance(20_000);
    const cluster = stage.get(RESOURCES.cluster, 'copy')!;
    assert.deepEqual(cluster.metadata.annotations, { 'kubeblocks.io/crd-api-version': 'apps.kubeblocks.io/v1' });
    assert.equal(stage.get(RESOURCES.component, 'copy-mysql')?.metadata.annotations?.['kubeblocks.io/restore-done'], 'true');
    const uid8 = cluster.metadata.uid!.slice(0, 8);
    for (const restore of [`copy-mysql-${uid8}-preparedata`, `copy-mysql-${uid8}-postready`]) {
      assert.equal(stage.phase(RESOURCES.restore, restore), 'Completed');
    }
    const owner = stage.get(RESOURCES.opsRequest, 'ops')?.metadata.ownerReferences?.[0];
    assert.deepEqual([owner?.kind, owner?.name], ['Cluster', 'copy']);
  });

  it('restores to a point in time given in either format', () => {
    const stage = createClusterStage();
    addRepository(stage);
    addCluster(stage, clusterYaml('db', MYSQL, '  backup: {method: xtrabackup, pitrEnabled: true}'));
    addBackup(stage, 'b1', POLICY, 'xtrabackup');
    stage.clock.advance(120_000);
    const log = stage.store.list(RESOURCES.backup, { namespace: NAMESPACE, labels: { 'dataprotection.kubeblocks.io/backup-type': 'Continuous' } })[0]!;
    stage.create(ops('ops', `{type: Restore, clusterName: copy, restore: {backupName: ${log.metadata.name}, restorePointInTime: 'Nov 23,2026 19:02:00 UTC+0200'}}`));
    stage.until('it succeeds', () => statusOf(stage, 'ops')?.phase === 'Succeed');
    const uid8 = stage.get(RESOURCES.cluster, 'copy')!.metadata.uid!.slice(0, 8);
    const restore = stage.get(RESOURCES.restore, `copy-mysql-${uid8}-preparedata`)!;
    assert.equal((restore.spec as { restoreTime: string }).restoreTime, '2026-11-23T17:02:00Z');
  });

  const refused: readonly { readonly name: string; readonly restore: string; readonly phase: string; readonly message: string }[] = [
    { name: 'a backup that is not there', restore: '{backupName: nope}', phase: 'Failed', message: 'backup nope not found in namespace playground' },
    {
      name: 'a backup that failed',
      restore: '{backupName: bad}',
      phase: 'Failed',
      message: 'backup bad status is Failed, only completed backup can be used to restore',
    },
  ];
  for (const { name, restore, phase, message } of refused) {
    it(`ends in ${phase} for ${name}`, () => {
      const stage = stageWithCluster();
      stage.create(`
apiVersion: dataprotection.kubeblocks.io/v1alpha1
kind: Backup
metadata: {name: bad}
spec: {backupPolicyName: ${POLICY}, backupMethod: nosuchmethod}
`);
      stage.clock.advance(1000);
      stage.create(ops('ops', `{type: Restore, clusterName: copy, restore: ${restore}}`));
      stage.clock.advance(60_000);
      assert.equal(statusOf(stage, 'ops')?.phase, phase);
      assert.equal(statusOf(stage, 'ops')?.conditions?.at(-1)?.message, message);
      assert.equal(stage.get(RESOURCES.cluster, 'copy'), undefined);
    });
  }

  const stuck: readonly { readonly name: string; readonly target: string; readonly time?: string; readonly message: string }[] = [
    { name: 'a name that is taken', target: 'db', message: 'clusters.apps.kubeblocks.io "db" already exists' },
    {
      name: 'a time before the log begins',
      target: 'copy',
      time: '2020-01-01T00:00:00Z',
      message:
        'restore-to-time is out of time range, you can view the recoverable time: \n\tkbcli cluster describe db -n playground',
    },
    {
      name: 'a time that cannot be read',
      target: 'copy',
      time: '2026-01-01 00:00',
      message: 'parsing time "2026-01-01 00:00" as "Jan 02,2006 15:04:05 UTC-0700": cannot parse "2026-01-01 00:00" as "Jan"',
    },
  ];
  for (const { name, target, time, message } of stuck) {
    it(`stays Creating for ever for ${name}`, () => {
      const stage = createClusterStage();
      addRepository(stage);
      addCluster(stage, clusterYaml('db', MYSQL, '  backup: {method: xtrabackup, pitrEnabled: true}'));
      addBackup(stage, 'b1', POLICY, 'xtrabackup');
      stage.clock.advance(60_000);
      const [log] = stage.store.list(RESOURCES.backup, { namespace: NAMESPACE, labels: { 'dataprotection.kubeblocks.io/backup-type': 'Continuous' } });
      const source = time === undefined ? '{backupName: b1}' : `{backupName: ${log!.metadata.name}, restorePointInTime: '${time}'}`;
      stage.create(ops('ops', `{type: Restore, clusterName: ${target}, restore: ${source}}`));
      stage.clock.advance(60_000);
      assert.equal(statusOf(stage, 'ops')?.phase, 'Creating');
      assert.deepEqual(
        stage.events('OpsRequest', 'ops').filter((event) => event.startsWith('DoActionFailed')),
        [`DoActionFailed: Failed to process the operation of OpsRequest: ${message}`],
      );
    });
  }
});
