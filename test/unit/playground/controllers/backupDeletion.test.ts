import assert from 'node:assert/strict';
import type { Backup } from '../../../../src/kubeblocks/objects';
import { RESOURCES } from '../../../../src/playground/resources';
import { addCluster, addRepo, backup, phaseOf, POLICY, takeBackup } from '../../../support/dataProtectionSamples';
import { createStage, history, type Stage } from '../../../support/playgroundWorld';

function prepared(): Stage {
  const stage = createStage();
  addRepo(stage);
  addCluster(stage);
  return stage;
}

const isGone = (stage: Stage, name: string) => stage.get(RESOURCES.backup, name) === undefined;
const untilGone = (stage: Stage, name: string) => stage.until(`${name} gone`, () => isGone(stage, name));

describe('deleting a backup', () => {
  it('removes its files by a job, then goes', () => {
    const stage = prepared();
    takeBackup(stage, 'del-1');
    const uid = stage.get(RESOURCES.backup, 'del-1')!.metadata.uid!.slice(0, 8);
    stage.delete(RESOURCES.backup, 'del-1');
    untilGone(stage, 'del-1');
    const jobs = stage.changes.filter(({ resource, type, object }) => resource === RESOURCES.job && type === 'ADDED' && object.metadata.name === `${uid}-delete-del-1`);
    assert.equal(jobs.length, 1);
    assert.deepEqual(jobs[0]!.object.metadata.labels, { 'app.kubernetes.io/managed-by': 'kubeblocks-dataprotection' });
    const phases = history(stage, RESOURCES.backup, 'del-1', ({ status }) => (status as Backup['status'])?.phase ?? '');
    assert.deepEqual(phases, ['', 'Running', 'Completed', 'Deleting']);
    stage.clock.advance(1000);
    assert.deepEqual(stage.world.store.list(RESOURCES.job), []);
  });

  it('of policy Retain stays in Deleting, with a warning, until the policy is changed', () => {
    const stage = prepared();
    takeBackup(stage, 'keep-1', { deletionPolicy: 'Retain' });
    stage.delete(RESOURCES.backup, 'keep-1');
    stage.clock.advance(60_000);
    assert.equal(phaseOf(stage, 'backup', 'keep-1'), 'Deleting');
    assert.ok(stage.events('Backup', 'keep-1').includes('Retain can not delete the backup if deletionPolicy is Retain'));
    const kept = stage.get(RESOURCES.backup, 'keep-1')!;
    stage.world.store.update(RESOURCES.backup, { ...kept, spec: { ...(kept.spec as object), deletionPolicy: 'Delete' } });
    untilGone(stage, 'keep-1');
  });

  it('says why its files could not be removed, and tries again when the failed job is deleted', () => {
    const stage = prepared();
    takeBackup(stage, 'nodel-1');
    const job = `${stage.get(RESOURCES.backup, 'nodel-1')!.metadata.uid!.slice(0, 8)}-delete-nodel-1`;
    stage.faults.turnOn('delete-job-fails');
    stage.delete(RESOURCES.backup, 'nodel-1');
    const message = `deletion backup files job "${job}" failed, you can delete it to re-delete the backup files, BackoffLimitExceeded:Job has reached the specified backoff limit`;
    stage.until('reported', () => stage.get<Backup>(RESOURCES.backup, 'nodel-1')?.status?.failureReason === message);
    assert.ok(stage.events('Backup', 'nodel-1').includes(`DeleteBackupFilesFailed ${message}`));
    stage.faults.turnOff('delete-job-fails');
    stage.delete(RESOURCES.job, job);
    untilGone(stage, 'nodel-1');
  });

  it('runs what its action set wants done before, first', () => {
    const stage = prepared();
    const actions = stage.get(RESOURCES.actionSet, 'xtrabackup')!;
    const spec = actions.spec as { backup: object };
    const preDelete = { image: 'tool:1', command: ['forget'] };
    stage.world.store.update(RESOURCES.actionSet, { ...actions, spec: { ...spec, backup: { ...spec.backup, preDelete } } });
    takeBackup(stage, 'del-1');
    const uid = stage.get(RESOURCES.backup, 'del-1')!.metadata.uid!.slice(0, 8);
    stage.faults.turnOn('delete-job-fails');
    stage.delete(RESOURCES.backup, 'del-1');
    stage.until('reported', () => stage.get<Backup>(RESOURCES.backup, 'del-1')?.status?.failureReason !== undefined);
    const jobs = () => stage.changes.filter(({ resource, type }) => resource === RESOURCES.job && type === 'ADDED').map(({ object }) => object);
    const made = () => jobs().map(({ metadata }) => metadata.name).filter((name) => name.includes('delete'));
    assert.deepEqual(made(), [`${uid}-predelete-del-1`]);
    assert.match(JSON.stringify(jobs().at(-1)!.spec), /"command":\["forget"\]/);
    stage.faults.turnOff('delete-job-fails');
    stage.delete(RESOURCES.job, `${uid}-predelete-del-1`);
    untilGone(stage, 'del-1');
    assert.deepEqual(made(), [`${uid}-predelete-del-1`, `${uid}-predelete-del-1`, `${uid}-delete-del-1`]);
  });

  it('takes its incremental children along', () => {
    const stage = prepared();
    takeBackup(stage, 'full-1');
    takeBackup(stage, 'inc-1', { backupMethod: 'xtrabackup-inc' });
    takeBackup(stage, 'inc-2', { backupMethod: 'xtrabackup-inc' });
    stage.delete(RESOURCES.backup, 'full-1');
    stage.until('chain gone', () => ['full-1', 'inc-1', 'inc-2'].every((name) => isGone(stage, name)));
  });

  it('of a snapshot takes the snapshot and its content away, without a job', () => {
    const stage = prepared();
    takeBackup(stage, 'snap-1', { backupMethod: 'volume-snapshot' });
    stage.delete(RESOURCES.backup, 'snap-1');
    untilGone(stage, 'snap-1');
    stage.clock.advance(200);
    assert.deepEqual(stage.world.store.list(RESOURCES.volumeSnapshot), []);
    assert.deepEqual(stage.world.store.list(RESOURCES.volumeSnapshotContent), []);
  });

  it('that failed takes the jobs and pods that were left', () => {
    const stage = prepared();
    stage.faults.turnOn('backup-job-fails', { target: 'fail-1' });
    takeBackup(stage, 'fail-1');
    stage.delete(RESOURCES.backup, 'fail-1');
    untilGone(stage, 'fail-1');
    stage.clock.advance(1000);
    assert.deepEqual(stage.world.store.list(RESOURCES.job), []);
    assert.deepEqual(stage.world.store.list(RESOURCES.pod, { labels: { 'dataprotection.kubeblocks.io/backup-name': 'fail-1' } }), []);
  });

  it('that never began goes at once', () => {
    const stage = prepared();
    takeBackup(stage, 'bad-method', { backupMethod: 'nope' });
    stage.delete(RESOURCES.backup, 'bad-method');
    assert.ok(isGone(stage, 'bad-method'));
  });
});

describe('retention', () => {
  it('deletes an expired backup within a minute', () => {
    const stage = prepared();
    takeBackup(stage, 'gc-1', { retentionPeriod: '2m' });
    const expires = Date.parse(stage.get<Backup>(RESOURCES.backup, 'gc-1')!.status!.expiration!);
    stage.clock.advanceTo(expires - 1000);
    assert.ok(!isGone(stage, 'gc-1'));
    stage.clock.advanceTo(expires + 75_000);
    assert.ok(isGone(stage, 'gc-1'));
  });

  it('keeps what has none, and incremental backups by themselves', () => {
    const stage = prepared();
    takeBackup(stage, 'full-1');
    takeBackup(stage, 'inc-1', { backupMethod: 'xtrabackup-inc', retentionPeriod: '2m' });
    stage.clock.advance(86_400_000);
    assert.deepEqual([isGone(stage, 'full-1'), isGone(stage, 'inc-1')], [false, false]);
  });

  it('never touches a running one', () => {
    const stage = prepared();
    stage.faults.turnOn('backup-job-hangs');
    stage.apply(RESOURCES.backup, backup('hang-1', { retentionPeriod: '2m' }));
    stage.clock.advance(3_600_000);
    assert.equal(phaseOf(stage, 'backup', 'hang-1'), 'Running');
  });

  it('retains the latest where the policy says so', () => {
    const stage = prepared();
    const policy = stage.get(RESOURCES.backupPolicy, POLICY)!;
    stage.world.store.update(RESOURCES.backupPolicy, { ...policy, spec: { ...(policy.spec as object), retentionPolicy: 'retainLatestBackup' } });
    takeBackup(stage, 'old', { retentionPeriod: '2m' });
    takeBackup(stage, 'new', { retentionPeriod: '2m' });
    stage.clock.advance(3_600_000);
    assert.deepEqual([isGone(stage, 'old'), isGone(stage, 'new')], [true, false]);
    takeBackup(stage, 'newer');
    stage.clock.advance(120_000);
    assert.ok(isGone(stage, 'new'));
  });
});
