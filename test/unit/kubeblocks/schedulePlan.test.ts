import assert from 'node:assert/strict';
import { indexClusters } from '../../../src/kubeblocks/clusterIndex';
import { objectKey } from '../../../src/kubeblocks/inventory';
import type { Cluster, KubeObject, SchedulePolicy } from '../../../src/kubeblocks/objects';
import { planSchedule, type SchedulePlan, type ScheduleRequest } from '../../../src/kubeblocks/schedulePlan';
import { aBackup, aCluster, anInventory, aPolicy, aRepo, aSchedule, NAMESPACE, NOW, type Objects, postgresActionSets } from '../../support/builders';

type Choice = Partial<Omit<ScheduleRequest, 'entry' | 'policy'>>;

const full: SchedulePolicy = { name: 'full', backupMethod: 'pg-basebackup', cronExpression: '0 18 * * *', enabled: true, retentionPeriod: '7d' };
const log: SchedulePolicy = { name: 'log', backupMethod: 'archive-wal', cronExpression: '*/5 * * * *', enabled: false, retentionPeriod: '8d' };

function clusterWith(backup: NonNullable<Cluster['spec']>['backup']): Cluster {
  return aCluster('orders-pg', { spec: { ...(backup === undefined ? {} : { backup }) } });
}

function plan(choice: Choice, objects: Objects = {}): SchedulePlan {
  const policy = aPolicy();
  const inventory = anInventory({ clusters: [aCluster()], policies: [policy], repos: [aRepo()], actionSets: postgresActionSets(), schedules: [aSchedule([full, log])], ...objects });
  const entry = indexClusters(inventory).entries.get(objectKey(NAMESPACE, 'orders-pg'))!;
  return planSchedule(inventory, { entry, policy, method: 'pg-basebackup', enabled: true, ...choice }, NOW);
}

function patchOf({ change }: SchedulePlan, live?: KubeObject): unknown {
  return change.kind === 'edit' ? change.patch(live ?? change.object) : change.kind;
}

const codes = ({ findings }: SchedulePlan): string[] => findings.map(({ severity, code }) => `${severity} ${code}`);

describe('A schedule’s change', () => {
  it('goes to the BackupSchedule where the Cluster says nothing', () => {
    const { place, change } = plan({ cronExpression: '30 2 * * *', retentionPeriod: '14d' });
    assert.equal(place.kind, 'schedule');
    assert.deepEqual([change.resource.kind, change.object.metadata.name], ['BackupSchedule', aSchedule([]).metadata.name]);
    assert.deepEqual(patchOf(plan({ cronExpression: '30 2 * * *', retentionPeriod: '14d' })), {
      spec: { schedules: [{ ...full, cronExpression: '30 2 * * *', retentionPeriod: '14d' }, log] },
    });
  });

  it('leaves alone what was written meanwhile, and says over which version it was made', () => {
    const live = { ...aSchedule([{ ...full, retentionPeriod: '30d', enabled: false }, log, { ...full, backupMethod: 'volume-snapshot' }]) };
    const versioned = { ...live, metadata: { ...live.metadata, resourceVersion: '77' } };
    assert.deepEqual(patchOf(plan({ cronExpression: '0 3 * * *' }), versioned), {
      metadata: { resourceVersion: '77' },
      spec: { schedules: [{ ...full, cronExpression: '0 3 * * *', retentionPeriod: '30d' }, log, { ...full, backupMethod: 'volume-snapshot' }] },
    });
  });

  it('adds a method that has no item yet', () => {
    assert.deepEqual(patchOf(plan({ method: 'volume-snapshot', cronExpression: '0 4 * * 0', retentionPeriod: '1mo' })), {
      spec: { schedules: [full, log, { name: 'volume-snapshot', backupMethod: 'volume-snapshot', cronExpression: '0 4 * * 0', retentionPeriod: '1mo', enabled: true }] },
    });
  });

  it('makes a BackupSchedule where the policy has none', () => {
    const { change } = plan({ cronExpression: '0 18 * * *', retentionPeriod: '7d' }, { schedules: [] });
    assert.equal(change.kind, 'create');
    assert.equal(change.object.metadata.name, 'orders-pg-postgresql-backup-schedule');
    assert.deepEqual((change.object as { spec?: unknown }).spec, {
      backupPolicyName: aPolicy().metadata.name,
      schedules: [{ name: 'pg-basebackup', backupMethod: 'pg-basebackup', cronExpression: '0 18 * * *', retentionPeriod: '7d', enabled: true }],
    });
  });

  it('goes to Cluster.spec.backup for the method it names', () => {
    const clusters = [clusterWith({ method: 'pg-basebackup', enabled: false })];
    const made = plan({ cronExpression: '0 3 * * *', retentionPeriod: '14d' }, { clusters });
    assert.deepEqual(made.place, { kind: 'cluster', role: 'method' });
    assert.deepEqual([made.change.resource.kind, patchOf(made)], ['Cluster', { spec: { backup: { enabled: true, cronExpression: '0 3 * * *', retentionPeriod: '14d' } } }]);
  });

  it('switches the log and the incremental by the Cluster’s own fields', () => {
    const clusters = [clusterWith({ method: 'pg-basebackup', enabled: true })];
    assert.deepEqual(patchOf(plan({ method: 'archive-wal' }, { clusters })), { spec: { backup: { pitrEnabled: true, continuousMethod: 'archive-wal' } } });
    assert.deepEqual(patchOf(plan({ method: 'archive-wal', enabled: false }, { clusters })), { spec: { backup: { pitrEnabled: false } } });
    assert.deepEqual(patchOf(plan({ method: 'wal-g-incremental', cronExpression: '0 * * * *' }, { clusters })), {
      spec: { backup: { incrementalBackupEnabled: true, incrementalCronExpression: '0 * * * *' } },
    });
  });

  it('is refused where the controller would switch the method off again', () => {
    const clusters = [clusterWith({ method: 'pg-basebackup', enabled: true })];
    const made = plan({ method: 'volume-snapshot', cronExpression: '0 4 * * *' }, { clusters });
    assert.deepEqual(codes(made), ['error keptOff']);
    assert.match(made.findings[0]?.message ?? '', /Turn pg-basebackup off first/);
    assert.equal(plan({ method: 'volume-snapshot', enabled: false }, { clusters }).place.kind, 'schedule');
  });

  it('is not the Cluster’s where the policy lacks its method', () => {
    assert.equal(plan({}, { clusters: [clusterWith({ method: 'elsewhere', enabled: true })] }).place.kind, 'schedule');
  });
});

describe('A schedule’s plan says', () => {
  it('when it runs next, and what it leads to', () => {
    const { nextRuns, steady } = plan({ cronExpression: '0 18 * * *', retentionPeriod: '7d' }, { backups: [aBackup('last')] });
    assert.deepEqual(nextRuns.map((at) => new Date(at).toISOString().slice(0, 16)), ['2026-11-23T18:00', '2026-11-24T18:00', '2026-11-25T18:00', '2026-11-26T18:00', '2026-11-27T18:00']);
    assert.deepEqual([steady?.copies, steady?.bytes, new Date(steady?.firstExpiry ?? 0).toISOString()], [7, 7 * 16320875725, '2026-11-30T18:00:00.000Z']);
  });

  it('no runs of a log backup, or of what is off', () => {
    assert.deepEqual([plan({ method: 'archive-wal' }).nextRuns, plan({ enabled: false }).nextRuns], [[], []]);
  });

  const findings: readonly (readonly [string, Choice, Objects, string[]])[] = [
    ['a method that the policy lacks', { method: 'gone' }, {}, ['error method']],
    ['a cron expression that does not run', { cronExpression: '0 25 * * *' }, {}, ['error cron']],
    ['a retention nobody can read', { retentionPeriod: '7 days' }, {}, ['error retention']],
    ['an incremental without its full one', { method: 'wal-g-incremental', cronExpression: '0 * * * *' }, { schedules: [aSchedule([{ ...full, enabled: false }])] }, ['warning noParent', 'warning noFullSchedule']],
    ['a log without a base', { method: 'archive-wal' }, { schedules: [aSchedule([log])] }, ['warning noBase']],
    ['a log with a base', { method: 'archive-wal' }, { backups: [aBackup('base')] }, []],
    ['turning the log off', { method: 'archive-wal', enabled: false }, {}, ['warning logEnds']],
    ['turning the last full one off', { enabled: false }, {}, ['warning noFullLeft']],
    ['turning one of two full ones off', { enabled: false }, { schedules: [aSchedule([full, { ...full, backupMethod: 'volume-snapshot' }])] }, []],
    ['a repository that is not there', {}, { repos: [] }, ['warning repositoryMissing']],
  ];
  for (const [what, choice, objects, expected] of findings) {
    it(`what is to be known of ${what}`, () => assert.deepEqual(codes(plan(choice, objects)), expected));
  }
});
