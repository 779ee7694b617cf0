import assert from 'node:assert/strict';
import type { Backup } from '../../../../src/kubeblocks/objects';
import { RESOURCES } from '../../../../src/playground/resources';
import { patchStatus } from '../../../../src/playground/runtime/edits';
import type { Job } from '../../../../src/playground/workloads/workload';
import { addCluster, addRepo, backup, backupPolicy, backupRepo, phaseOf, POLICY, takeBackup } from '../../../support/dataProtectionSamples';
import { createStage, history, type Stage } from '../../../support/playgroundWorld';

function prepared(seed?: number): Stage {
  const stage = createStage(seed === undefined ? {} : { seed });
  addRepo(stage);
  addCluster(stage);
  return stage;
}

const get = (stage: Stage, name: string) => stage.get<Backup>(RESOURCES.backup, name)!;
const phases = (stage: Stage, name: string) =>
  history(stage, RESOURCES.backup, name, ({ status }) => (status as Backup['status'])?.phase ?? '');

describe('a full backup', () => {
  it('goes from labels to Running to Completed, and its job goes with it', () => {
    const stage = prepared();
    takeBackup(stage, 'full-1', { retentionPeriod: '7d' });
    stage.clock.advance(1000);
    const { metadata, status } = get(stage, 'full-1');
    const cluster = stage.get(RESOURCES.cluster, 'mycluster')!;

    assert.deepEqual(phases(stage, 'full-1'), ['', 'Running', 'Completed']);
    assert.deepEqual(metadata.labels, {
      'app.kubernetes.io/instance': 'mycluster',
      'app.kubernetes.io/managed-by': 'kubeblocks-dataprotection',
      'apps.kubeblocks.io/component-name': 'mysql',
      'dataprotection.kubeblocks.io/backup-policy': POLICY,
      'dataprotection.kubeblocks.io/backup-repo-name': 's3-repo',
      'dataprotection.kubeblocks.io/backup-type': 'Full',
      'dataprotection.kubeblocks.io/cluster-uid': cluster.metadata.uid,
    });
    assert.deepEqual(metadata.finalizers, ['dataprotection.kubeblocks.io/finalizer']);
    assert.deepEqual(JSON.parse(metadata.annotations!['kubeblocks.io/cluster-snapshot']!), {
      metadata: { name: 'mycluster', namespace: 'demo', creationTimestamp: null },
      spec: cluster.spec,
      status: {},
    });
    assert.deepEqual(Object.keys(JSON.parse(metadata.annotations!['kubeblocks.io/encrypted-system-accounts']!) as object), ['mysql']);
    assert.equal(status?.path, '/demo/mycluster-uid/mysql/full-1');
    assert.equal(status.backupRepoName, 's3-repo');
    assert.match(status.totalSize ?? '', /^\d+$/);
    assert.match(status.duration ?? '', /^\d+s$/);
    assert.equal(Date.parse(status.expiration!) - Date.parse(status.completionTimestamp!), 7 * 86_400_000);
    assert.equal(status.actions?.[0]?.name, 'dp-backup-0');
    assert.equal(status.actions[0].phase, 'Completed');
    assert.equal(status.actions[0].targetPodName, 'mycluster-mysql-1');
    assert.equal(status.actions[0].objectRef?.name, `dp-backup-0-full-1-${metadata.uid!.slice(0, 8)}`);
    const last = stage.changes.filter(({ object }) => object.metadata.name === status.actions?.[0]?.objectRef?.name && (object.status as { succeeded?: number }).succeeded === 1)[0];
    assert.equal((status.actions[0].objectRef as { resourceVersion?: string }).resourceVersion, last?.object.metadata.resourceVersion);
    assert.deepEqual(stage.world.store.list(RESOURCES.job, { namespace: 'demo' }), []);
    assert.deepEqual(stage.events('Backup', 'full-1'), [
      `CreatingJob creating job demo/dp-backup-0-full-1-${metadata.uid!.slice(0, 8)}`,
      'CreatedBackup Completed backup',
    ]);
  });

  it('writes metadata, waits for the repository in its namespace, then starts', () => {
    const stage = prepared();
    takeBackup(stage, 'full-1');
    const waits = history(stage, RESOURCES.backup, 'full-1', ({ metadata, status }) => [
      metadata.labels?.['dataprotection.kubeblocks.io/wait-repo-preparation'] ?? '',
      (status as Backup['status'])?.phase ?? '',
    ]);
    assert.deepEqual(waits.slice(0, 4), [['', ''], ['true', ''], ['', ''], ['', 'Running']]);
    assert.equal(stage.world.store.list(RESOURCES.secret, { namespace: 'demo', labels: { 'dataprotection.kubeblocks.io/is-tool-config': 'true' } }).length, 1);
  });

  it('can be watched: it takes 8 to 15 seconds', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const stage = prepared(seed);
      takeBackup(stage, 'full-1');
      const { startTimestamp, completionTimestamp } = get(stage, 'full-1').status!;
      const seconds = (Date.parse(completionTimestamp!) - Date.parse(startTimestamp!)) / 1000;
      assert.ok(seconds >= 7 && seconds <= 15, `${seconds} s`);
    }
  });

  it('is the same again from the same seed, and another from another', () => {
    const story = (seed: number) => {
      const stage = prepared(seed);
      takeBackup(stage, 'full-1');
      return stage.changes.map(({ type, object }) => [type, object.kind, object.metadata.name, object.metadata.uid, object.status]);
    };
    assert.deepEqual(story(7), story(7));
    assert.notDeepEqual(story(7), story(8));
  });
});

describe('a failing backup', () => {
  it('is tried three times, then Failed; job, pods and log stay', () => {
    const stage = prepared();
    stage.faults.turnOn('backup-job-fails', { detail: 'ERROR 1045: access denied\nfailed with exit code 1' });
    takeBackup(stage, 'fail-1', { retentionPeriod: '1d' });
    stage.clock.advance(1000);
    const { status } = get(stage, 'fail-1');
    const jobs = stage.world.store.list(RESOURCES.job, { namespace: 'demo' });
    const pods = stage.world.store.list(RESOURCES.pod, { namespace: 'demo', labels: { 'job-name': jobs[0]!.metadata.name } });

    assert.equal(status?.phase, 'Failed');
    assert.equal(status.failureReason, 'there are failed actions, you can obtain the more informations in the status.actions');
    assert.equal(status.actions?.[0]?.failureReason, 'BackoffLimitExceeded:Job has reached the specified backoff limit');
    assert.equal(status.completionTimestamp, undefined);
    assert.equal(status.duration, undefined);
    assert.ok(status.expiration !== undefined);
    assert.equal(pods.length, 3);
    assert.equal(stage.logs.podLog('demo', pods[2]!.metadata.name), 'ERROR 1045: access denied\nfailed with exit code 1\n');
    const reasons = history(stage, RESOURCES.backup, 'fail-1', (object) => (object as Backup).status?.actions?.[0]?.failureReason);
    assert.ok(reasons.includes('Log Collector Output: ERROR 1045: access denied\nfailed with exit code 1\n'));
    const [created, ended] = [Date.parse(jobs[0]!.metadata.creationTimestamp!), Date.parse((jobs[0] as unknown as Job).status!.conditions![1]!.lastTransitionTime!)];
    assert.ok(ended - created >= 30_000 && ended - created <= 40_000, `${ended - created} ms`);
    assert.ok(stage.events('Backup', 'fail-1').includes(
      'ReconcileFailed Reconciling failed, error: there are failed actions, you can obtain the more informations in the status.actions',
    ));
  });

  it('hits only the backup that the fault names', () => {
    const stage = prepared();
    stage.faults.turnOn('backup-job-fails', { target: 'fail-1' });
    takeBackup(stage, 'fail-1');
    takeBackup(stage, 'full-1');
    assert.deepEqual([phaseOf(stage, 'backup', 'fail-1'), phaseOf(stage, 'backup', 'full-1')], ['Failed', 'Completed']);
  });

  it('hangs for as long as it is let', () => {
    const stage = prepared();
    stage.faults.turnOn('backup-job-hangs');
    stage.apply(RESOURCES.backup, backup('hang-1'));
    stage.clock.advance(3_600_000);
    assert.equal(phaseOf(stage, 'backup', 'hang-1'), 'Running');
  });
});

describe('a backup that cannot begin', () => {
  const undeclared = 'parameter nope is undeclared in withParameters of actionSet xtrabackup';
  const stories: readonly [string, object, Record<string, string> | undefined, string, string][] = [
    ['bad-method', { backupMethod: 'nope' }, undefined, 'backupMethod: nope not found', 'NotFound'],
    ['bad-policy', { backupPolicyName: 'nopolicy' }, undefined, 'BackupPolicy.dataprotection.kubeblocks.io "nopolicy" not found', 'ReconcileFailed'],
    ['bad-cont', { backupMethod: 'archive-binlog' }, undefined, 'continuous backup is only allowed to be created by backupSchedule', 'ReconcileFailed'],
    ['bad-param', { parameters: [{ name: 'nope', value: 'x' }] }, undefined, `fails to validate parameters with actionset xtrabackup: ${undeclared}`, 'ReconcileFailed'],
    ['bad-repo', {}, { 'dataprotection.kubeblocks.io/backup-repo-name': 'norepo' }, 'backup repo norepo not found', 'NotFound'],
    ['bad-inc', { backupMethod: 'xtrabackup-inc' }, undefined, 'failed to find a valid parent backup for backup demo/bad-inc: current backup expects 1 shards, this may be due to shard count mismatch with existing backups', 'ReconcileFailed'],
  ];
  for (const [name, spec, labels, message, reason] of stories) {
    it(`${name} is Failed without labels of the controller and without finalizer: ${message}`, () => {
      const stage = prepared();
      stage.apply(RESOURCES.backup, backup(name, spec, labels));
      stage.clock.advance(1000);
      const { metadata, status } = get(stage, name);
      assert.deepEqual(status, { phase: 'Failed', failureReason: message });
      assert.deepEqual(metadata.labels, labels);
      assert.equal(metadata.finalizers, undefined);
      const text = reason === 'NotFound' ? message : `Reconciling failed, error: ${message}`;
      assert.deepEqual(stage.events('Backup', name), [`${reason} ${text}`]);
    });
  }

  it('with a bad retention fails after its status is written, without expiration', () => {
    const stage = prepared();
    takeBackup(stage, 'bad-ret', { retentionPeriod: '7days' });
    const { metadata, status } = get(stage, 'bad-ret');
    assert.equal(status?.failureReason, 'failed to parse retention period 7days, invalid duration provided');
    assert.equal(status.expiration, undefined);
    assert.equal(status.actions?.[0]?.phase, 'New');
    assert.equal(metadata.labels?.['dataprotection.kubeblocks.io/backup-type'], 'Full');
  });

  it('with two default repositories names both', () => {
    const stage = prepared();
    stage.apply(RESOURCES.backupRepo, backupRepo('second-default'));
    stage.until('second repository Ready', () => phaseOf(stage, 'backupRepo', 'second-default') === 'Ready');
    takeBackup(stage, 'two-default');
    assert.equal(get(stage, 'two-default').status?.failureReason, 'multiple default BackupRepo found, both s3-repo and second-default are default');
  });

  it('without a default repository says so', () => {
    const stage = createStage();
    addCluster(stage);
    takeBackup(stage, 'no-default');
    assert.equal(get(stage, 'no-default').status?.failureReason, 'no default BackupRepo found');
  });
});

describe('an incremental backup', () => {
  for (const [name, parent] of [['delta', 'z-full'], ['zz-delta', 'zz-delta']] as const) {
    it(`stands on ${parent}, of two that end in the same second, as its name comes last`, () => {
      const stage = prepared();
      takeBackup(stage, 'z-full');
      takeBackup(stage, name, { backupMethod: 'xtrabackup-inc' });
      const end = get(stage, 'z-full').status?.timeRange?.end;
      patchStatus(stage.world, RESOURCES.backup, get(stage, name), { timeRange: { ...get(stage, name).status?.timeRange, end } });
      takeBackup(stage, 'next', { backupMethod: 'xtrabackup-inc' });
      assert.equal(get(stage, 'next').status?.parentBackupName, parent);
    });
  }

  it('stands on the latest full, then on the latest incremental of that full', () => {
    const stage = prepared();
    takeBackup(stage, 'full-1');
    takeBackup(stage, 'inc-1', { backupMethod: 'xtrabackup-inc' });
    takeBackup(stage, 'inc-2', { backupMethod: 'xtrabackup-inc' });
    takeBackup(stage, 'full-2');
    takeBackup(stage, 'inc-3', { backupMethod: 'xtrabackup-inc' });
    const parents = ['inc-1', 'inc-2', 'inc-3'].map((name) => {
      const { status } = get(stage, name);
      return [status?.phase, status?.parentBackupName, status?.baseBackupName];
    });
    assert.deepEqual(parents, [
      ['Completed', 'full-1', 'full-1'],
      ['Completed', 'inc-1', 'full-1'],
      ['Completed', 'full-2', 'full-2'],
    ]);
    assert.ok(Number(get(stage, 'inc-1').status?.totalSize) < Number(get(stage, 'full-1').status?.totalSize) / 2);
  });

  it('takes the parent it names, and refuses one of another method', () => {
    const stage = prepared();
    takeBackup(stage, 'full-1');
    takeBackup(stage, 'snap-1', { backupMethod: 'volume-snapshot' });
    takeBackup(stage, 'inc-1', { backupMethod: 'xtrabackup-inc', parentBackupName: 'full-1' });
    takeBackup(stage, 'inc-2', { backupMethod: 'xtrabackup-inc', parentBackupName: 'snap-1' });
    takeBackup(stage, 'inc-3', { backupMethod: 'xtrabackup-inc', parentBackupName: 'nope' });
    assert.equal(get(stage, 'inc-1').status?.parentBackupName, 'full-1');
    assert.equal(get(stage, 'inc-2').status?.failureReason, 'failed to validate parent backup snap-1: parent backup demo/snap-1 method volume-snapshot is invalid for incremental backup');
    assert.equal(get(stage, 'inc-3').status?.failureReason, 'Backup.dataprotection.kubeblocks.io "nope" not found');
  });
});

describe('a volume snapshot backup', () => {
  it('makes a snapshot and no use of a repository', () => {
    const stage = prepared();
    takeBackup(stage, 'snap-1', { backupMethod: 'volume-snapshot' });
    const { metadata, status } = get(stage, 'snap-1');
    const snapshot = stage.get(RESOURCES.volumeSnapshot, 'snap-1-0-data')!;
    const content = (snapshot.status as { boundVolumeSnapshotContentName: string }).boundVolumeSnapshotContentName;
    assert.equal(status?.phase, 'Completed');
    assert.equal(status.totalSize, '20Gi');
    assert.equal(status.backupRepoName, undefined);
    assert.equal(status.path, undefined);
    assert.equal(metadata.labels?.['dataprotection.kubeblocks.io/backup-type'], 'Full');
    assert.equal(metadata.labels['dataprotection.kubeblocks.io/backup-repo-name'], undefined);
    assert.deepEqual(status.actions?.[0]?.volumeSnapshots, [{ name: 'snap-1-0-data', volumeName: 'data', contentName: content, size: '20Gi' }]);
    assert.equal(status.actions[0].name, 'createVolumeSnapshot-0');
    assert.equal(status.actions[0].actionType, undefined);
    assert.deepEqual(stage.events('Backup', 'snap-1'), ['CreatingVolumeSnapshot creating volume snapshot demo/snap-1-0-data', 'CreatedBackup Completed backup']);
  });
});

describe('hooks and many targets', () => {
  it('runs pre-backup before and post-backup after the data, on every pod of strategy All', () => {
    const stage = createStage();
    addRepo(stage);
    addCluster(stage);
    const hook = { job: { image: 'tool:1', command: ['hook'] } };
    stage.apply(RESOURCES.actionSet, {
      metadata: { name: 'hooked' },
      spec: { backupType: 'Full', backup: { preBackup: [hook], backupData: { image: 'tool:1', command: ['b'] }, postBackup: [hook] } },
    });
    const all = { podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'mycluster' }, strategy: 'All' } };
    const policy = backupPolicy({ target: all, backupMethods: [{ name: 'hooked', snapshotVolumes: false, actionSetName: 'hooked' }] });
    stage.apply(RESOURCES.backupPolicy, { ...policy, metadata: { name: 'all-pods' } });
    takeBackup(stage, 'all-1', { backupPolicyName: 'all-pods', backupMethod: 'hooked' });
    const { status } = get(stage, 'all-1');
    assert.equal(status?.phase, 'Completed');
    assert.deepEqual(
      status.actions?.map(({ name, targetPodName }) => `${String(name)} ${String(targetPodName)}`),
      [
        'dp-prebackup-0-0 mycluster-mysql-0',
        'dp-prebackup-0-1 mycluster-mysql-1',
        'dp-backup-0 mycluster-mysql-0',
        'dp-backup-1 mycluster-mysql-1',
        'dp-postbackup-0-0 mycluster-mysql-0',
        'dp-postbackup-0-1 mycluster-mysql-1',
      ],
    );
    const ends = status.actions.map(({ completionTimestamp }) => Date.parse(completionTimestamp!));
    assert.ok(Math.max(ends[0]!, ends[1]!) <= Date.parse(status.actions[2]!.startTimestamp!));
    assert.ok(Math.max(ends[2]!, ends[3]!) <= Date.parse(status.actions[4]!.startTimestamp!));
  });
});

describe('a backup of a cluster that is being restored', () => {
  it('stays Running with action New until the restore annotation goes', () => {
    const stage = prepared();
    const cluster = stage.get(RESOURCES.cluster, 'mycluster')!;
    const restoring = stage.world.store.update(RESOURCES.cluster, {
      ...cluster,
      metadata: { ...cluster.metadata, annotations: { 'kubeblocks.io/restore-from-backup': '{}' } },
    });
    stage.apply(RESOURCES.backup, backup('delayed-1'));
    stage.clock.advance(60_000);
    assert.equal(phaseOf(stage, 'backup', 'delayed-1'), 'Running');
    assert.equal(get(stage, 'delayed-1').status?.actions?.[0]?.phase, 'New');
    assert.deepEqual(stage.events('Backup', 'delayed-1'), ['RestoreInProgress backup job is delayed because restore is in progress']);

    stage.world.store.update(RESOURCES.cluster, { ...restoring, metadata: { ...restoring.metadata, annotations: {} } });
    stage.until('Completed', () => phaseOf(stage, 'backup', 'delayed-1') === 'Completed');
  });
});
