import assert from 'node:assert/strict';
import type { ListState } from '../../../src/kubeblocks/inventory';
import { backupMethods } from '../../../src/kubeblocks/backupMethods';
import { defaultBackupName, planBackup } from '../../../src/kubeblocks/backupPlan';
import type { BackupRequest } from '../../../src/kubeblocks/backupPlan';
import type { Objects } from '../../support/builders';
import { aBackup, anActionSet, anInventory, aPolicy, aRepo, NAMESPACE, NOW, postgresActionSets } from '../../support/builders';

const repos = [aRepo()];
const actionSets = postgresActionSets();
const request: BackupRequest = { policy: aPolicy(), method: 'pg-basebackup', name: 'orders-1', deletionPolicy: 'Delete' };

function problems(objects: Objects, policy = aPolicy()): Record<string, string | undefined> {
  return Object.fromEntries(backupMethods(anInventory({ repos, actionSets, ...objects }), policy).map(({ name, problem }) => [name, problem?.message]));
}

describe('backupMethods', () => {
  it('gives what the policy offers, usable ones first, with the reason of the others', () => {
    assert.deepEqual(problems({}), {
      'pg-basebackup': undefined,
      'volume-snapshot': undefined,
      'archive-wal': 'runs by schedule only',
      'wal-g-incremental': 'needs a completed pg-basebackup backup first',
    });
  });

  it('recommends a full backup into a repository, with its last size', () => {
    const [first] = backupMethods(anInventory({ repos, actionSets, backups: [aBackup('full')] }), aPolicy());
    assert.deepEqual([first?.name, first?.recommended, first?.repository, first?.last?.bytes], ['pg-basebackup', true, 's3-main', 16320875725]);
  });

  it('offers the incremental once there is a full one to build on', () => {
    assert.equal(problems({ backups: [aBackup('full')] })['wal-g-incremental'], undefined);
  });

  const noRepo = aPolicy('p', { spec: { backupMethods: [{ name: 'full', actionSetName: 'postgresql-basebackup' }] } });
  const theDefault = { metadata: { annotations: { 'dataprotection.kubeblocks.io/is-default-repo': 'true' } } };
  const reasons: readonly (readonly [string, Objects, string | undefined])[] = [
    ['no default repository', { repos: [aRepo()] }, 'no default repository is ready'],
    ['a default repository that is not ready', { repos: [aRepo('a', 'Failed', theDefault)] }, 'no default repository is ready'],
    ['two default repositories', { repos: [aRepo('a', 'Ready', theDefault), aRepo('b', 'Ready', theDefault)] }, 'several repositories are the default: a, b'],
    ['one default repository', { repos: [aRepo('a', 'Ready', theDefault)] }, undefined],
    ['a missing action set', { actionSets: [] }, 'action set postgresql-basebackup does not exist'],
    ['an unavailable action set', { actionSets: [anActionSet('postgresql-basebackup', 'Full', { status: { phase: 'Unavailable', message: 'bad' } })] }, 'action set postgresql-basebackup is unavailable: bad'],
  ];
  for (const [what, objects, reason] of reasons) {
    it(`judges ${what}`, () => assert.equal(problems(objects, noRepo)['full'], reason));
  }

  it('offers no snapshots where no class can take them, or nobody serves such classes', () => {
    const why = 'the cluster has no VolumeSnapshotClass';
    assert.equal(problems({ snapshotClasses: [] })['volume-snapshot'], why);
    const states: readonly (readonly [ListState, string | undefined])[] = [[{ state: 'absent' }, why], [{ state: 'loading' }, undefined]];
    for (const [state, reason] of states) {
      const inventory = anInventory({ repos, actionSets }, { snapshotClasses: { state, items: new Map() } });
      assert.equal(backupMethods(inventory, aPolicy()).find(({ name }) => name === 'volume-snapshot')?.problem?.message, reason, state.state);
    }
  });

  it('does not call missing what it could not list', () => {
    const inventory = anInventory({}, { actionSets: { state: { state: 'loading' }, items: new Map() }, repos: { state: { state: 'loading' }, items: new Map() } });
    assert.equal(backupMethods(inventory, noRepo)[0]?.problem, undefined);
  });
});

describe('planBackup', () => {
  const inventory = anInventory({ repos, actionSets, backups: [aBackup('taken')] });
  const messages = (change: Partial<BackupRequest>): string[] => planBackup(inventory, { ...request, ...change }, NOW).findings.map(({ message }) => message);

  it('makes the object that the OpsRequest controller would make', () => {
    const plan = planBackup(inventory, { ...request, retentionPeriod: '7d' }, NOW);
    assert.deepEqual(plan.object, {
      apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
      kind: 'Backup',
      metadata: { name: 'orders-1', namespace: NAMESPACE, labels: { 'app.kubernetes.io/instance': 'orders-pg' } },
      spec: { backupPolicyName: 'orders-pg-postgresql-backup-policy', backupMethod: 'pg-basebackup', deletionPolicy: 'Delete', retentionPeriod: '7d' },
    });
    assert.equal(plan.expiresAt, NOW + 7 * 86_400_000);
    assert.deepEqual(plan.findings, []);
  });

  const faults: readonly (readonly [string, Partial<BackupRequest>, RegExp])[] = [
    ['a taken name', { name: 'taken' }, /^A backup named taken exists in payments\. Choose another name\.$/],
    ['a wrong name', { name: 'Orders' }, /"O"; only lower-case letters/],
    ['a long name', { name: 'a'.repeat(64) }, /has 64 characters; at most 63/],
    ['an unknown method', { method: 'xtrabackup' }, /Backup method xtrabackup is not in policy .* \(it has pg-basebackup, archive-wal/],
    ['a wrong retention', { retentionPeriod: '7days' }, /"7days" is no retention period/],
    ['an undeclared parameter', { parameters: [{ name: 'database', value: 'x' }] }, /Parameter database: Action set postgresql-basebackup does not take/],
    ['a parent of a full backup', { parentBackupName: 'taken' }, /Only an incremental backup has a parent/],
    ['a parent that does not fit', { method: 'wal-g-incremental', parentBackupName: 'other' }, /other is no completed backup that wal-g-incremental can build on/],
    ['a retained backup', { deletionPolicy: 'Retain' }, /cannot be deleted until its deletion policy is changed/],
  ];
  for (const [what, change, message] of faults) {
    it(`speaks of ${what}`, () => assert.match(messages(change)[0] ?? '', message));
  }

  it('warns that a retained one which expires hangs', () => {
    const codes = (retentionPeriod: string): readonly string[] => planBackup(inventory, { ...request, deletionPolicy: 'Retain', retentionPeriod }, NOW).findings.map(({ severity, code }) => `${severity} ${code}`);
    assert.deepEqual([codes('7d'), codes('')], [['info retain', 'warning retainExpires'], ['info retain']]);
  });

  it('warns when one with this method is still running', () => {
    const running = anInventory({ repos, actionSets, backups: [aBackup('now', '12:00:00', { status: { phase: 'Running' } })] });
    assert.deepEqual(planBackup(running, request, NOW).findings.map(({ severity, code }) => `${severity} ${code}`), ['warning alreadyRunning']);
  });
});

describe('defaultBackupName', () => {
  it('has the cluster and the local time, and a number when that is taken', () => {
    const context = { now: NOW, timeZone: 'Europe/Berlin' };
    assert.equal(defaultBackupName(anInventory(), NAMESPACE, 'orders-pg', context), 'orders-pg-20261123-1310');
    const taken = anInventory({ backups: [aBackup('orders-pg-20261123-1310')] });
    assert.equal(defaultBackupName(taken, NAMESPACE, 'orders-pg', context), 'orders-pg-20261123-1310-2');
  });

  it('fits into a label even for the longest cluster name', () => {
    assert.equal(defaultBackupName(anInventory(), NAMESPACE, 'x'.repeat(63), { now: NOW, timeZone: 'UTC' }).length, 63);
  });
});
