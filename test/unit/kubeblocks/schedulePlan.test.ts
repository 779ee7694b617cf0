import assert from 'node:assert/strict';
import { indexClusters } from '../../../src/kubeblocks/clusterIndex';
import { objectKey } from '../../../src/kubeblocks/inventory';
import type { KubeBlocksLine } from '../../../src/kubeblocks/kinds';
import type { BackupSchedule, Cluster, KubeObject, SchedulePolicy } from '../../../src/kubeblocks/objects';
import { planSchedule, type SchedulePlan, type ScheduleRequest } from '../../../src/kubeblocks/schedulePlan';
import { aBackup, aCluster, anInventory, aPolicy, aRepo, aSchedule, NAMESPACE, NOW, type Objects, postgresActionSets } from '../../support/builders';

type Choice = Partial<Omit<ScheduleRequest, 'entry' | 'policy'>>;

const full: SchedulePolicy = { name: 'full', backupMethod: 'pg-basebackup', cronExpression: '0 18 * * *', enabled: true, retentionPeriod: '7d' };
const log: SchedulePolicy = { name: 'log', backupMethod: 'archive-wal', cronExpression: '*/5 * * * *', enabled: false, retentionPeriod: '8d' };

const withoutVolumes = aPolicy(undefined, { spec: { backupRepoName: 's3-main', backupMethods: [{ name: 'pg-basebackup', actionSetName: 'postgresql-basebackup' }, { name: 'archive-wal', actionSetName: 'postgresql-archive-wal' }] } });

const incremental: SchedulePolicy = { name: 'inc', backupMethod: 'wal-g-incremental', cronExpression: '0 * * * *', enabled: false };

function clusterWith(backup: NonNullable<Cluster['spec']>['backup']): Cluster {
  return aCluster('orders-pg', { spec: { ...(backup === undefined ? {} : { backup }) } });
}

function plan(choice: Choice, objects: Objects = {}, line: KubeBlocksLine = '1.0'): SchedulePlan {
  const policy = objects.policies?.[0] ?? aPolicy();
  const inventory = { ...anInventory({ clusters: [aCluster()], policies: [policy], repos: [aRepo()], actionSets: postgresActionSets(), schedules: [aSchedule([full, log])], ...objects }), line };
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
    assert.deepEqual(patchOf(plan({ method: 'wal-g-incremental', cronExpression: '0 * * * *' }, { clusters, schedules: [aSchedule([full, log, incremental])] })), {
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

  it('leaves other lines of the same method alone, and takes the one that is asked for', () => {
    const weekly: SchedulePolicy = { ...full, name: 'weekly', cronExpression: '0 3 * * 0', retentionPeriod: '3mo', parameters: [{ name: 'level', value: '9' }] };
    const schedules = [aSchedule([full, weekly, log])];
    const asked = plan({ line: { schedule: aSchedule([]).metadata.name, name: 'weekly' }, cronExpression: '0 4 * * 0' }, { schedules });
    assert.deepEqual(patchOf(asked), { spec: { schedules: [full, { ...weekly, cronExpression: '0 4 * * 0' }, log] } });
    assert.deepEqual(patchOf(plan({ cronExpression: '0 5 * * *' }, { schedules })), { spec: { schedules: [{ ...full, cronExpression: '0 5 * * *' }, weekly, log] } });
  });

  it('goes to the schedule of the policy that has the line', () => {
    const own = aSchedule([{ ...full, backupMethod: 'volume-snapshot' }], { metadata: { name: 'a-own' } });
    const schedules = [own, aSchedule([full, log])];
    assert.equal(plan({ method: 'volume-snapshot' }, { schedules }).change.object.metadata.name, 'a-own');
    assert.equal(plan({ method: 'archive-wal' }, { schedules }).change.object.metadata.name, aSchedule([]).metadata.name);
    assert.equal(plan({ method: 'wal-g-incremental' }, { schedules }).change.object.metadata.name, aSchedule([]).metadata.name, 'a new line goes to the generated one');
    // The Cluster writes only the schedule that was generated for it.
    assert.equal(plan({ method: 'volume-snapshot' }, { schedules, clusters: [clusterWith({ method: 'pg-basebackup', enabled: true })] }).place.kind, 'schedule');
  });

  it('gives a new line a name of its own', () => {
    const made = plan({ method: 'volume-snapshot' }, { schedules: [aSchedule([{ ...full, name: 'volume-snapshot' }])] });
    assert.deepEqual(made.change.object.metadata.name, aSchedule([]).metadata.name);
    assert.deepEqual((made.change.object as BackupSchedule).spec?.schedules?.map(({ name }) => name), ['volume-snapshot', 'volume-snapshot-2']);
  });

  it('makes one that the Cluster does not take over, and that goes with the Cluster', () => {
    const cluster = aCluster('orders-pg', { metadata: { uid: 'u-1' }, spec: { backup: { method: 'volume-snapshot', enabled: true } } });
    const { change, place } = plan({ cronExpression: '0 3 * * *' }, { schedules: [], clusters: [cluster] });
    assert.deepEqual([place.kind, change.kind, change.object.metadata.name], ['schedule', 'create', 'orders-pg-postgresql-backup-schedule-2']);
    assert.deepEqual(change.object.metadata.ownerReferences, [{ apiVersion: cluster.apiVersion, kind: 'Cluster', name: 'orders-pg', uid: 'u-1' }]);
  });

  it('keeps for ever where the Cluster takes no notice of an empty retention', () => {
    const clusters = [clusterWith({ method: 'pg-basebackup', enabled: true, retentionPeriod: '7d' })];
    assert.deepEqual(patchOf(plan({ retentionPeriod: '' }, { clusters })), { spec: { backup: { enabled: true, retentionPeriod: '0d' } } });
    assert.deepEqual(patchOf(plan({ retentionPeriod: '' })), { spec: { schedules: [{ ...full, retentionPeriod: '' }, log] } });
  });

  it('ends no other log than its own', () => {
    const walG: SchedulePolicy = { ...log, name: 'walg', backupMethod: 'wal-g-archive', enabled: true };
    const policy = aPolicy();
    const policies = [{ ...policy, spec: { ...policy.spec, backupMethods: [...(policy.spec?.backupMethods ?? []), { name: 'wal-g-archive', actionSetName: 'postgresql-archive-wal' }] } }];
    const clusters = [clusterWith({ method: 'pg-basebackup', pitrEnabled: true, continuousMethod: 'wal-g-archive' })];
    const objects = { clusters, policies, schedules: [aSchedule([full, { ...log, enabled: true }, walG])] };
    assert.equal(plan({ method: 'archive-wal', enabled: false }, objects).place.kind, 'schedule');
    const on = plan({ method: 'archive-wal' }, objects);
    assert.deepEqual(patchOf(on), { spec: { backup: { pitrEnabled: true, continuousMethod: 'archive-wal' } } });
    assert.ok(codes(on).includes('warning switchesOff'), codes(on).join());
    assert.match(on.findings.find(({ code }) => code === 'switchesOff')?.message ?? '', /switches walg off with it/);
  });

  it('is refused where the Cluster has no line to switch on', () => {
    const clusters = [clusterWith({ method: 'pg-basebackup', pitrEnabled: false, incrementalBackupEnabled: false })];
    assert.ok(codes(plan({ method: 'archive-wal' }, { clusters, schedules: [aSchedule([full])] })).includes('error noLine'));
    assert.ok(codes(plan({ method: 'wal-g-incremental' }, { clusters, schedules: [aSchedule([full])] })).includes('error noLine'));
  });

  it('says what KubeBlocks switches off with it, and which lines it makes alike', () => {
    const schedules = [aSchedule([{ ...full, enabled: false }, { ...full, name: 'weekly', enabled: false }, { ...full, name: 'snap', backupMethod: 'volume-snapshot' }])];
    const made = plan({}, { clusters: [clusterWith({ method: 'pg-basebackup', enabled: false })], schedules });
    assert.deepEqual(codes(made), ['warning switchesOff', 'warning severalLines']);
  });

  it('is refused for an incremental that builds on another method than the Cluster’s', () => {
    const clusters = [clusterWith({ method: 'volume-snapshot', enabled: false })];
    const made = plan({ method: 'wal-g-incremental' }, { clusters, schedules: [aSchedule([full, incremental])] });
    assert.ok(codes(made).includes('error keptOff'), codes(made).join());
  });

  it('goes to the Cluster of its line', () => {
    const clusters = [clusterWith({ method: 'pg-basebackup', enabled: false })];
    const resource = ({ change }: SchedulePlan): string => `${change.resource.group}/${change.resource.version}`;
    assert.deepEqual([resource(plan({}, { clusters }, '0.9')), resource(plan({}, { clusters }, '1.0'))], ['apps.kubeblocks.io/v1alpha1', 'apps.kubeblocks.io/v1']);
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
    ['a log whose only base is a snapshot, which it is restored without', { method: 'archive-wal' }, { schedules: [aSchedule([log, { ...full, backupMethod: 'volume-snapshot' }])] }, ['warning noBase']],
    ['a log with a base', { method: 'archive-wal' }, { backups: [aBackup('base')] }, []],
    ['a log whose base fills volumes, where its method names none', { method: 'archive-wal' }, { backups: [aBackup('base')], policies: [withoutVolumes] }, ['warning noBase']],
    ['turning the log off', { method: 'archive-wal', enabled: false }, {}, ['warning logEnds']],
    ['turning the last full one off', { enabled: false }, {}, ['warning noFullLeft']],
    ['turning one of two full ones off', { enabled: false }, { schedules: [aSchedule([full, { ...full, backupMethod: 'volume-snapshot' }])] }, []],
    ['a repository that is not there', {}, { repos: [] }, ['warning repositoryMissing']],
  ];
  for (const [what, choice, objects, expected] of findings) {
    it(`what is to be known of ${what}`, () => assert.deepEqual(codes(plan(choice, objects)), expected));
  }
});
