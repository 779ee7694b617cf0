import assert from 'node:assert/strict';
import type { BackupSchedule, SchedulePolicy } from '../../../../src/kubeblocks/objects';
import { RESOURCES } from '../../../../src/playground/resources';
import { addCluster, clusterYaml, createClusterStage, MYSQL } from '../../../support/clusterStage';

interface Selector {
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly fallbackLabelSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly strategy: string;
}

interface PolicySpec {
  readonly pathPrefix: string;
  readonly backupRepoName?: string;
  readonly backoffLimit: number;
  readonly target: { readonly podSelector: Selector; readonly connectionCredential?: object };
}

const ROLE = 'kubeblocks.io/role';

function schedulesOf(backup: string): Readonly<Record<string, Omit<SchedulePolicy, 'name' | 'backupMethod'>>> {
  const stage = createClusterStage();
  addCluster(stage, clusterYaml('db', MYSQL, backup));
  const { spec } = stage.get<BackupSchedule>(RESOURCES.backupSchedule, 'db-mysql-backup-schedule')!;
  return Object.fromEntries(
    spec!.schedules!.map(({ name, cronExpression, enabled, retentionPeriod }) => [name, { cronExpression, enabled, retentionPeriod }]),
  ) as never;
}

describe('policy driver', function () {
  this.timeout(20_000);
  it('makes a policy that names the cluster, its account and where the copies go', () => {
    const stage = createClusterStage();
    const cluster = addCluster(stage, clusterYaml('db', MYSQL));
    const policy = stage.get(RESOURCES.backupPolicy, 'db-mysql-backup-policy')!;
    const spec = policy.spec as PolicySpec;
    assert.equal(spec.pathPrefix, `/db-${cluster.metadata.uid ?? ''}/mysql`);
    assert.equal(spec.backoffLimit, 2);
    assert.deepEqual(spec.target.connectionCredential, { secretName: 'db-mysql-account-root', usernameKey: 'username', passwordKey: 'password' });
    assert.equal(spec.target.podSelector.matchLabels[ROLE], 'follower');
    assert.equal(spec.target.podSelector.fallbackLabelSelector?.matchLabels[ROLE], 'leader');
    assert.deepEqual(policy.metadata.annotations, {
      'apps.kubeblocks.io/backup-policy-template': 'apecloud-mysql-backup-policy-template',
      'dataprotection.kubeblocks.io/is-default-policy': 'true',
    });
    assert.equal(policy.metadata.ownerReferences?.[0]?.name, 'db');
  });

  it('leaves the role out where there is one replica', () => {
    const stage = createClusterStage();
    addCluster(stage, clusterYaml('db', { ...MYSQL, replicas: 1 }));
    const { target } = stage.get(RESOURCES.backupPolicy, 'db-mysql-backup-policy')?.spec as PolicySpec;
    assert.equal(target.podSelector.matchLabels[ROLE], undefined);
    assert.equal(target.podSelector.fallbackLabelSelector?.matchLabels[ROLE], undefined);
  });

  it('selects every pod where the template says so, without credentials where it names no account', () => {
    const stage = createClusterStage();
    addCluster(stage, clusterYaml('vec', { def: 'qdrant', component: 'qdrant' }));
    const { target } = stage.get(RESOURCES.backupPolicy, 'vec-qdrant-backup-policy')?.spec as PolicySpec;
    assert.equal(target.podSelector.strategy, 'All');
    assert.equal(target.podSelector.matchLabels[ROLE], undefined);
    assert.equal(target.connectionCredential, undefined);
  });

  it('gives no policy to a component that no template covers', () => {
    const stage = createClusterStage();
    addCluster(stage, clusterYaml('meta', { def: 'nebula-metad', component: 'metad', replicas: 1 }));
    assert.equal(stage.get(RESOURCES.backupPolicy, 'meta-metad-backup-policy'), undefined);
  });

  it("takes the template's schedules over, all of them off", () => {
    assert.deepEqual(schedulesOf(''), {
      xtrabackup: { cronExpression: '0 18 * * *', enabled: false, retentionPeriod: '8d' },
      'xtrabackup-inc': { cronExpression: '0 19 * * *', enabled: false, retentionPeriod: '7d' },
      'volume-snapshot': { cronExpression: '0 18 * * *', enabled: false, retentionPeriod: '7d' },
      'archive-binlog': { cronExpression: '*/30 * * * *', enabled: false, retentionPeriod: '8d' },
    });
  });

  it("merges the cluster's own wishes as seen on the real controller", () => {
    const backup = `  backup:
    {method: xtrabackup, enabled: true, cronExpression: 0 3 * * *, retentionPeriod: 14d, pitrEnabled: true,
     incrementalBackupEnabled: true, incrementalCronExpression: 0 */6 * * *, repoName: main-store}`;
    assert.deepEqual(schedulesOf(backup), {
      xtrabackup: { cronExpression: '0 3 * * *', enabled: true, retentionPeriod: '14d' },
      'xtrabackup-inc': { cronExpression: '0 */6 * * *', enabled: true, retentionPeriod: '14d' },
      'volume-snapshot': { cronExpression: '0 18 * * *', enabled: false, retentionPeriod: '7d' },
      'archive-binlog': { cronExpression: '*/30 * * * *', enabled: true, retentionPeriod: '14d' },
    });
  });

  it('switches everything off that a bare wish does not name, by the defaults of its fields', () => {
    const schedules = schedulesOf('  backup: {method: volume-snapshot}');
    assert.deepEqual(
      Object.entries(schedules).map(([name, { enabled, retentionPeriod }]) => [name, enabled, retentionPeriod]),
      [
        ['xtrabackup', false, '8d'],
        ['xtrabackup-inc', false, '7d'],
        ['volume-snapshot', false, '7d'],
        ['archive-binlog', false, '8d'],
      ],
    );
  });

  it('tells of a method that no policy has, and leaves the schedules alone', () => {
    const stage = createClusterStage();
    addCluster(stage, clusterYaml('db', MYSQL, '  backup: {method: nosuch, enabled: true}'));
    assert.ok(stage.events('Cluster', 'db').includes('BackupMethodNotFound: backup method nosuch is not found in backup policy'));
    const { spec } = stage.get<BackupSchedule>(RESOURCES.backupSchedule, 'db-mysql-backup-schedule')!;
    assert.ok(spec?.schedules?.every(({ enabled }) => enabled === false));
  });

  it('leaves what somebody changed in a schedule as it is', () => {
    const stage = createClusterStage();
    addCluster(stage, clusterYaml('db', MYSQL));
    const schedule = stage.get(RESOURCES.backupSchedule, 'db-mysql-backup-schedule')!;
    const spec = schedule.spec as { schedules: SchedulePolicy[] };
    const changed = spec.schedules.map((one) => (one.name === 'xtrabackup' ? { ...one, cronExpression: '5 4 * * *' } : one));
    stage.store.update(RESOURCES.backupSchedule, { ...schedule, spec: { ...spec, schedules: changed } });
    const cluster = stage.get(RESOURCES.cluster, 'db')!;
    stage.store.update(RESOURCES.cluster, { ...cluster, metadata: { ...cluster.metadata, labels: { touched: 'yes' } } });
    stage.clock.advance(1000);
    const after = stage.get<BackupSchedule>(RESOURCES.backupSchedule, 'db-mysql-backup-schedule')!;
    assert.equal(after.spec?.schedules?.find(({ name }) => name === 'xtrabackup')?.cronExpression, '5 4 * * *');
  });
});
