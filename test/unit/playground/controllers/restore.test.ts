import assert from 'node:assert/strict';
import type { Backup, Restore } from '../../../../src/kubeblocks/objects';
import { LABEL } from '../../../../src/playground/controllers/names';
import { RESOURCES } from '../../../../src/playground/resources';
import { addCluster, addRepo, phaseOf, podLabels, POLICY, takeBackup } from '../../../support/dataProtectionSamples';
import { createStage, history, type Stage } from '../../../support/playgroundWorld';

function prepared(): Stage {
  const stage = createStage();
  addRepo(stage);
  addCluster(stage);
  return stage;
}

const claimSpec = { storageClassName: 'fast', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } } };
const claim = (name: string, overrides: object = {}) => ({ metadata: { name }, mountPath: '/data/mysql', volumeClaimSpec: claimSpec, ...overrides });

function addRestore(stage: Stage, name: string, backup: string, spec: object = {}): void {
  stage.apply(RESOURCES.restore, {
    metadata: { name },
    spec: {
      backup: { name: backup, namespace: 'demo' },
      prepareDataConfig: { volumeClaimRestorePolicy: 'Parallel', volumeClaims: [claim(`${name}-data`)] },
      ...spec,
    },
  });
}

const get = (stage: Stage, name: string) => stage.get<Restore>(RESOURCES.restore, name)!;
const briefs = ({ status }: Restore) => (status?.conditions ?? []).map((one) => `${one.type} ${one.status} ${one.reason ?? ''}: ${one.message ?? ''}`);
const untilEnded = (stage: Stage, name: string) =>
  stage.until(`${name} ended`, () => ['Completed', 'Failed'].includes(phaseOf(stage, 'restore', name)));

const REPO_OK = 'CheckBackupRepo True CheckBackupRepoSuccessfully: ';
const VALID = 'ValidationPassed True ValidateSuccessfully: validate restore spec successfully';

describe('a restore', () => {
  it('makes its claim, fills it by a job, and completes', () => {
    const stage = prepared();
    takeBackup(stage, 'full-1');
    addRestore(stage, 'r-ok', 'full-1');
    untilEnded(stage, 'r-ok');
    stage.clock.advance(1000);
    const restore = get(stage, 'r-ok');
    const job = `restore-preparedata-${restore.metadata.uid!.slice(0, 8)}-full-1-0`;
    const conditions = history(stage, RESOURCES.restore, 'r-ok', (object) => briefs(object as Restore));
    assert.deepEqual(conditions, [
      [],
      [REPO_OK, VALID],
      [REPO_OK, VALID, 'PrepareData False Processing: processing prepareData stage.'],
      [REPO_OK, VALID, 'PrepareData True Succeed: prepare data successfully'],
    ]);
    const [action] = restore.status!.actions!.prepareData!;
    assert.equal(restore.status?.phase, 'Completed');
    assert.equal(action!.name, 'prepareData-0');
    assert.equal(action!.backupName, 'full-1');
    assert.equal(action!.objectKey, `Job/${job}`);
    assert.equal(action!.status, 'Completed');
    assert.equal(action!.message, `successfully processed the "Job/${job}"`);
    assert.match(restore.status.duration!, /^\d+s$/);
    assert.equal(phaseOf(stage, 'persistentVolumeClaim', 'r-ok-data'), 'Bound');
    assert.equal(stage.get(RESOURCES.job, job), undefined);
    assert.deepEqual(stage.events('Restore', 'r-ok'), [
      'RestoreStarting start to restore',
      'CreateRestorePVC created pvc demo/r-ok-data',
      `CreateRestoreJob created job demo/${job}`,
      'RestoreCompleted restore completed.',
    ]);
  });

  it('fails with its job, which stays', () => {
    const stage = prepared();
    takeBackup(stage, 'full-1');
    stage.faults.turnOn('restore-job-fails', { detail: 'xbstream: unexpected end of file' });
    addRestore(stage, 'fail-r', 'full-1', { backoffLimit: 0 });
    untilEnded(stage, 'fail-r');
    const restore = get(stage, 'fail-r');
    const message = 'restore failed for backup "full-1", more information can be found in status.actions.prepareData';
    assert.equal(restore.status?.phase, 'Failed');
    assert.deepEqual(briefs(restore), [REPO_OK, VALID, `PrepareData False Failed: ${message}`]);
    assert.equal(restore.status.actions?.prepareData?.[0]?.message, 'Log Collector Output: xbstream: unexpected end of file\n');
    assert.ok(stage.events('Restore', 'fail-r').includes(`RestoreFailed ${message}`));
    const [job] = stage.world.store.list(RESOURCES.job, { labels: { 'dataprotection.kubeblocks.io/restore': 'fail-r' } });
    const [pod] = stage.world.store.list(RESOURCES.pod, { labels: { 'job-name': job!.metadata.name } });
    assert.equal(stage.logs.podLog('demo', pod!.metadata.name), 'xbstream: unexpected end of file\n');
  });

  it('fails at once without its backup', () => {
    const stage = prepared();
    addRestore(stage, 'r-nobackup', 'nope');
    stage.clock.advance(500);
    const message = 'Backup.dataprotection.kubeblocks.io "nope" not found';
    assert.equal(phaseOf(stage, 'restore', 'r-nobackup'), 'Failed');
    assert.deepEqual(briefs(get(stage, 'r-nobackup')), [`CheckBackupRepo False CheckBackupRepoFailed: ${message}`, `ValidationPassed False ValidateFailed: ${message}`]);
    assert.deepEqual(stage.events('Restore', 'r-nobackup'), [`RestoreFailed ${message}`, `ValidateFailed ${message}`]);
  });

  it('fails at once from a backup that failed early', () => {
    const stage = prepared();
    takeBackup(stage, 'inc-4', { backupMethod: 'xtrabackup-inc' });
    addRestore(stage, 'r-failedb', 'inc-4');
    stage.clock.advance(500);
    assert.deepEqual(briefs(get(stage, 'r-failedb')), [REPO_OK, 'ValidationPassed False ValidateFailed: status.backupMethod of backup "inc-4" is empty']);
  });

  it('fails where a claim has nowhere to be mounted, after making the claim', () => {
    const stage = prepared();
    takeBackup(stage, 'full-1');
    const volumeClaims = [claim('r-data3', { mountPath: undefined, volumeSource: 'nope' })];
    addRestore(stage, 'r-nomount', 'full-1', { prepareDataConfig: { volumeClaimRestorePolicy: 'Parallel', volumeClaims } });
    untilEnded(stage, 'r-nomount');
    const message = 'unable to find the mountPath corresponding to volumeSource "nope" from status.backupMethod.targetVolumes.volumeMounts of backup "full-1"';
    assert.deepEqual(briefs(get(stage, 'r-nomount')), [REPO_OK, VALID, `PrepareData False Failed: ${message}`]);
    assert.ok(stage.get(RESOURCES.persistentVolumeClaim, 'r-data3') !== undefined);
  });

  it('with parameters that are not declared is tried for ever, with an event only', () => {
    const stage = prepared();
    takeBackup(stage, 'full-1');
    addRestore(stage, 'r-param', 'full-1', { parameters: [{ name: 'nope', value: 'x' }] });
    for (let second = 0; second < 5; second++) stage.clock.advance(1000);
    assert.equal(get(stage, 'r-param').status, undefined);
    assert.deepEqual(stage.events('Restore', 'r-param'), [
      'ReconcileFailed Reconciling failed, error: fails to validate parameters with actionset xtrabackup: some parameters are undeclared in withParameters of actionSet xtrabackup',
    ]);
  });

  it('fills one claim for each replica of a template, one after the other if Serial', () => {
    const stage = prepared();
    takeBackup(stage, 'full-1');
    const volumeClaimsTemplate = { replicas: 2, templates: [claim('data-new-mysql')] };
    addRestore(stage, 'r-serial', 'full-1', { prepareDataConfig: { volumeClaimRestorePolicy: 'Serial', volumeClaimsTemplate } });
    untilEnded(stage, 'r-serial');
    const actions = get(stage, 'r-serial').status!.actions!.prepareData!;
    assert.deepEqual(actions.map(({ name, status }) => `${String(name)} ${String(status)}`), ['prepareData-0 Completed', 'prepareData-0 Completed']);
    assert.ok(Date.parse(actions[0]!.endTime!) <= Date.parse(actions[1]!.startTime!));
    assert.equal(phaseOf(stage, 'persistentVolumeClaim', 'data-new-mysql-1'), 'Bound');
  });

  it('from a volume snapshot makes the claim of the snapshot and records no action', () => {
    const stage = prepared();
    takeBackup(stage, 'snap-1', { backupMethod: 'volume-snapshot' });
    addRestore(stage, 'r-snap', 'snap-1', { prepareDataConfig: { volumeClaimRestorePolicy: 'Parallel', volumeClaims: [claim('r-snap-data', { volumeSource: 'data' })] } });
    untilEnded(stage, 'r-snap');
    const created = stage.get(RESOURCES.persistentVolumeClaim, 'r-snap-data')!;
    assert.equal(phaseOf(stage, 'restore', 'r-snap'), 'Completed');
    assert.equal((created.spec as { dataSource: { name: string } }).dataSource.name, 'snap-1-0-data');
    assert.equal(get(stage, 'r-snap').status?.actions, undefined);
  });

  it('of postReady runs in every ready pod, from beside the operator', () => {
    const stage = prepared();
    stage.apply(RESOURCES.actionSet, {
      metadata: { name: 'logical' },
      spec: { backupType: 'Full', backup: { backupData: { image: 't', command: ['d'] } }, restore: { postReady: [{ exec: { command: ['load'] } }] } },
    });
    const policy = stage.get(RESOURCES.backupPolicy, POLICY)!;
    const methods = (policy.spec as { backupMethods: object[] }).backupMethods;
    stage.world.store.update(RESOURCES.backupPolicy, {
      ...policy,
      spec: { ...(policy.spec as object), backupMethods: [...methods, { name: 'logical', snapshotVolumes: false, actionSetName: 'logical' }] },
    });
    takeBackup(stage, 'logical-1', { backupMethod: 'logical' });
    const { [LABEL.role]: role, ...matchLabels } = podLabels('leader');
    assert.equal(role, 'leader');
    addRestore(stage, 'r-post', 'logical-1', { prepareDataConfig: undefined, readyConfig: { execAction: { target: { podSelector: { matchLabels } } } } });
    untilEnded(stage, 'r-post');
    const restore = get(stage, 'r-post');
    assert.equal(restore.status?.phase, 'Completed');
    assert.deepEqual(restore.status.actions?.postReady?.map(({ name, status }) => `${String(name)} ${String(status)}`), ['postReady-0 Completed', 'postReady-0 Completed']);
    assert.equal(briefs(restore).at(-1), 'PostReady True Succeed: processing postReady stage successfully');
  });
});

describe('a point-in-time restore', () => {
  const HOUR = 3_600_000;
  const at = (stage: Stage, ms: number) => `${new Date(stage.clock.now() + ms).toISOString().slice(0, 19)}Z`;

  /** A log that begins, a full backup an hour later, and an hour more of log. */
  function withLog(): { readonly stage: Stage; readonly log: string } {
    const stage = prepared();
    stage.apply(RESOURCES.backupSchedule, {
      metadata: { name: 's' },
      spec: { backupPolicyName: POLICY, schedules: [{ backupMethod: 'archive-binlog', cronExpression: '*/30 * * * *', enabled: true }] },
    });
    stage.clock.advance(HOUR);
    takeBackup(stage, 'full-1');
    stage.clock.advance(HOUR);
    const [log] = stage.world.store.list(RESOURCES.backup, { labels: { 'dataprotection.kubeblocks.io/backup-type': 'Continuous' } }) as readonly Backup[];
    return { stage, log: log!.metadata.name };
  }

  it('restores the base, then the log', () => {
    const { stage, log } = withLog();
    addRestore(stage, 'pitr', log, { restoreTime: at(stage, -HOUR / 2) });
    untilEnded(stage, 'pitr');
    const { status } = get(stage, 'pitr');
    assert.equal(status?.phase, 'Completed');
    assert.deepEqual(status.actions?.prepareData?.map(({ name, backupName }) => `${String(name)} ${String(backupName)}`), ['prepareData-0 full-1', `prepareData-1 ${log}`]);
  });

  for (const [what, offset] of [['before the log', -10 * HOUR], ['after its end', HOUR]] as const) {
    it(`refuses an instant ${what}`, () => {
      const { stage, log } = withLog();
      addRestore(stage, 'pitr', log, { restoreTime: at(stage, offset) });
      stage.clock.advance(500);
      assert.equal(briefs(get(stage, 'pitr')).at(-1), `ValidationPassed False ValidateFailed: restore time out of the range for backup "${log}"`);
    });
  }

  it('refuses an instant before the first base backup', () => {
    const { stage, log } = withLog();
    const restoreTime = at(stage, -1.5 * HOUR);
    addRestore(stage, 'pitr', log, { restoreTime });
    stage.clock.advance(500);
    assert.equal(
      briefs(get(stage, 'pitr')).at(-1),
      `ValidationPassed False ValidateFailed: can not found latest full or incremental backup based on backupPolicy "${POLICY}" and specified restoreTime "${restoreTime.replace('T', ' ').replace('Z', ' +0000 UTC')}"`,
    );
  });

  it('takes both ends of the window, to the second', () => {
    const { stage, log } = withLog();
    const end = stage.get<Backup>(RESOURCES.backup, log)!.status!.timeRange!.end!;
    const base = stage.get<Backup>(RESOURCES.backup, 'full-1')!.status!.timeRange!.end!;
    addRestore(stage, 'at-end', log, { restoreTime: end });
    addRestore(stage, 'at-base', log, { restoreTime: base });
    untilEnded(stage, 'at-end');
    untilEnded(stage, 'at-base');
    assert.deepEqual([phaseOf(stage, 'restore', 'at-end'), phaseOf(stage, 'restore', 'at-base')], ['Completed', 'Completed']);
  });

  it('does not fall back from an incremental base whose parent is gone', () => {
    const { stage, log } = withLog();
    takeBackup(stage, 'inc-1', { backupMethod: 'xtrabackup-inc' });
    stage.clock.advance(HOUR);
    const parent = stage.get(RESOURCES.backup, 'full-1')!;
    stage.world.store.update(RESOURCES.backup, { ...parent, metadata: { ...parent.metadata, labels: { ...parent.metadata.labels, 'dataprotection.kubeblocks.io/backup-policy': 'x' }, finalizers: [] } });
    stage.delete(RESOURCES.backup, 'full-1');
    addRestore(stage, 'pitr', log, { restoreTime: at(stage, -HOUR / 2) });
    stage.clock.advance(500);
    assert.equal(briefs(get(stage, 'pitr')).at(-1), 'ValidationPassed False ValidateFailed: fails to get parent backup "full-1" of incremental backup "inc-1"');
  });
});
