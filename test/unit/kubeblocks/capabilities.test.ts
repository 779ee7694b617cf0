import assert from 'node:assert/strict';
import { capabilityRows, matrixLine, rowOfPolicy, type CapabilityRow } from '../../../src/kubeblocks/capabilities';
import { CAPABILITIES, MATRIX_LINES, rowName, type Capability } from '../../../src/kubeblocks/engineMatrix';
import { differences, isPromised, PROMISED_ADDONS } from '../../../src/kubeblocks/introduction';
import type { Inventory } from '../../../src/kubeblocks/inventory';
import { LABELS } from '../../../src/kubeblocks/labels';
import type { ActionSet, BackupMethod, BackupPolicy, BackupSchedule, Cluster, SchedulePolicy } from '../../../src/kubeblocks/objects';
import { readManifests } from '../../../src/playground/samples/readManifests';
import { aCluster, anActionSet, anInventory, aPolicy, aSchedule, collection, postgresActionSets } from '../../support/builders';

interface Template {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly backupMethods: readonly BackupMethod[]; readonly schedules: readonly SchedulePolicy[] };
}

const ENGINES = readManifests('src/playground/engines');

/** A cluster of one component with what a template of the playground gives it. */
function databaseOf(template: string, componentDef: string): { readonly cluster: Cluster; readonly policy: BackupPolicy; readonly schedule: BackupSchedule } {
  const { spec } = ENGINES.find(({ kind, metadata }) => kind === 'BackupPolicyTemplate' && metadata.name === template) as unknown as Template;
  const name = template.replace('-backup-policy-template', '');
  const labels = { [LABELS.instance]: name, [LABELS.component]: 'db' };
  return {
    cluster: aCluster(name, { spec: { componentSpecs: [{ name: 'db', componentDef }] } }),
    policy: aPolicy(`${name}-db-backup-policy`, { metadata: { labels }, spec: { backupMethods: spec.backupMethods } }),
    schedule: aSchedule(spec.schedules, { metadata: { name: `${name}-db-backup-schedule`, labels }, spec: { backupPolicyName: `${name}-db-backup-policy`, schedules: spec.schedules } }),
  };
}

const ACTION_SETS = ENGINES.filter(({ kind }) => kind === 'ActionSet') as readonly unknown[] as readonly ActionSet[];

function ticks({ cells }: CapabilityRow): string {
  return cells.map(({ methods }) => (methods.length > 0 ? 'x' : '-')).join('');
}

function rowNamed(rows: readonly CapabilityRow[], name: string): CapabilityRow {
  const row = rows.find((each) => each.name === name);
  assert.ok(row, `${name} among ${rows.map((each) => each.name).join(', ')}`);
  return row;
}

function cell(row: CapabilityRow, of: Capability): { readonly by: string; readonly reason: string | undefined } {
  const found = row.cells.find(({ capability }) => capability === of);
  return { by: (found?.methods ?? []).map(({ name }) => name).join(', '), reason: found?.reason };
}

function postgres(methods: readonly BackupMethod[], change: Partial<Inventory> = {}, items: readonly string[] = []): CapabilityRow {
  const schedule = aSchedule(items.map((backupMethod) => ({ backupMethod, cronExpression: '0 18 * * *' })));
  const inventory = anInventory({ clusters: [aCluster()], policies: [aPolicy(undefined, { spec: { backupMethods: methods } })], schedules: [schedule], actionSets: postgresActionSets() }, change);
  return rowNamed(capabilityRows(inventory, '1.0'), 'PostgreSQL');
}

describe('capabilities', () => {
  /** Columns: the page's eight, then incremental, selective, encryption, parameters. */
  const playground: readonly (readonly [template: string, componentDef: string, name: string, ticks: string])[] = [
    ['postgresql-backup-policy-template', 'postgresql-16-1.0.2', 'PostgreSQL', 'xxxxxxxxxxxx'],
    ['apecloud-mysql-backup-policy-template', 'apecloud-mysql-1.0.2', 'ApeCloud MySQL', 'xxxxxxxxx-x-'],
    ['mongodb-backup-policy-template', 'mongodb-1.0.2', 'MongoDB (replica set)', 'xxxxxxxx--x-'],
    ['mongodb-shard-backup-policy-template', 'mongo-config-server-1.0.2', 'MongoDB (sharding)', 'xx-xxxxx--x-'],
    ['redis-backup-policy-template', 'redis-7-1.0.2', 'Redis (standalone, replication)', 'xxxxxxxx--x-'],
    ['redis-cluster-backup-policy-template', 'redis-cluster-7-1.0.2', 'Redis (cluster)', 'x--x-x-x--x-'],
    ['prometheus-backup-policy-template', 'prometheus-1.0.2', 'Prometheus', 'x-x--x------'],
    ['nebula-backup-policy-template', 'nebula-graphd-1.0.2', 'Nebula', 'x--x-x------'],
    ['milvus-standalone-backup-policy-template', 'milvus-standalone-1.0.2', 'Milvus (standalone)', 'x-x--x------'],
    ['milvus-cluster-backup-policy-template', 'milvus-proxy-1.0.2', 'Milvus (cluster)', 'x--x-x------'],
    ['qdrant-backup-policy-template', 'qdrant-1.0.2', 'Qdrant', 'x--x-x----x-'],
    ['weaviate-backup-policy-template', 'weaviate-1.0.2', 'Weaviate', 'x-x--x------'],
  ];
  const databases = playground.map(([template, componentDef]) => databaseOf(template, componentDef));
  const everything = anInventory({ clusters: databases.map(({ cluster }) => cluster), policies: databases.map(({ policy }) => policy), schedules: databases.map(({ schedule }) => schedule), actionSets: ACTION_SETS });
  for (const [, , name, expected] of playground) {
    it(`of the playground's ${name} come from its policy`, () => {
      const row = rowNamed(capabilityRows(everything, '1.0'), name);
      assert.equal(row.source.kind, 'live');
      assert.equal(ticks(row), expected);
      for (const { methods, reason } of row.cells) assert.equal(reason === undefined, methods.length > 0);
    });
  }

  it('list the nine engines of the page in its order, live or not', () => {
    const order = (inventory: Inventory | undefined): readonly string[] => [...new Set(capabilityRows(inventory, '1.0').map(({ row }) => row.addon))];
    assert.deepEqual(order(undefined), PROMISED_ADDONS);
    assert.deepEqual(order(everything), PROMISED_ADDONS);
  });

  it('without a cluster are the add-on\'s of each line', () => {
    for (const line of MATRIX_LINES) {
      const rows = capabilityRows(undefined, line);
      assert.ok(rows.every(({ source }) => source.kind === 'bundled' && source.line === line));
      assert.equal(ticks(rowNamed(rows, 'PostgreSQL')), line === '0.9' ? 'xxxxxxxxx-x-' : 'xxxxxxxxxxxx');
    }
    assert.equal(ticks(rowNamed(capabilityRows(undefined, '1.2'), 'Prometheus')), '------------');
  });

  it('name the method that gives each', () => {
    const row = postgres([{ name: 'pg-basebackup', actionSetName: 'postgresql-basebackup' }, { name: 'volume-snapshot', snapshotVolumes: true }, { name: 'archive-wal', actionSetName: 'postgresql-archive-wal' }], {}, ['volume-snapshot']);
    assert.deepEqual(
      (['scheduled', 'snapshot', 'datafile', 'full', 'log', 'pitr', 'compression'] as const).map((of) => cell(row, of).by),
      ['volume-snapshot', 'volume-snapshot', 'pg-basebackup', 'pg-basebackup, volume-snapshot', 'archive-wal', 'archive-wal', 'pg-basebackup'],
    );
  });

  it('say what the add-on has and this policy has not', () => {
    const { reason } = cell(postgres([{ name: 'pg-basebackup', actionSetName: 'postgresql-basebackup' }]), 'snapshot');
    assert.equal(reason, 'The add-on comes with volume-snapshot for it, but the policy here does not offer that.');
  });

  it('have no point in time from a log without a full copy, unless the log holds it all', () => {
    const log = [{ name: 'archive-wal', actionSetName: 'postgresql-archive-wal' }];
    assert.deepEqual(cell(postgres(log), 'pitr'), { by: '', reason: 'archive-wal archives the log, but no method makes the full backup that it is put upon.' });
    const complete = anActionSet('postgresql-archive-wal', 'Continuous', { spec: { backupType: 'Continuous', restore: { baseBackupRequired: false } } });
    assert.equal(cell(postgres(log, { actionSets: collection([complete]) }), 'pitr').by, 'archive-wal');
  });

  it('count no method that cannot run, and say which', () => {
    const row = postgres([{ name: 'gone', actionSetName: 'not-there' }, { name: 'empty' }, { name: 'odd', actionSetName: 'differential' }], { actionSets: collection([anActionSet('differential', 'Differential')]) });
    assert.deepEqual(row.broken, [
      'gone cannot run: action set not-there does not exist.',
      'empty cannot run: it names neither an action set nor volume snapshots.',
      'odd cannot run: KubeBlocks cannot make differential backups.',
    ]);
    assert.equal(ticks(row), '------------');
  });

  it('take the add-on\'s word for action sets and schedules that may not be read', () => {
    const forbidden = { state: { state: 'forbidden', verb: 'list', resource: 'x', group: 'y' }, items: new Map<string, never>() } as const;
    const row = postgres([{ name: 'archive-wal', actionSetName: 'postgresql-for-pitr' }, { name: 'own', actionSetName: 'own' }], { actionSets: forbidden, schedules: forbidden });
    assert.deepEqual([cell(row, 'log').by, cell(row, 'scheduled').by], ['archive-wal', 'archive-wal']);
    assert.deepEqual(row.broken, ['own is not known: action set own may not be read.']);
  });

  it('give clusters of one engine with other methods a row each', () => {
    const other = { metadata: { labels: { [LABELS.instance]: 'cache-pg', [LABELS.component]: 'postgresql' } }, spec: { backupMethods: [{ name: 'volume-snapshot', snapshotVolumes: true }] } };
    const same = { metadata: { labels: { [LABELS.instance]: 'twin-pg', [LABELS.component]: 'postgresql' } } };
    const inventory = anInventory({ clusters: [aCluster(), aCluster('cache-pg'), aCluster('twin-pg')], policies: [aPolicy(), aPolicy('cache-pg-policy', other), aPolicy('twin-pg-policy', same)], actionSets: postgresActionSets() });
    const names = capabilityRows(inventory, '1.0').flatMap(({ name, source }) => (source.kind === 'live' ? [`${name}: ${source.policies.join(', ')}`] : []));
    assert.deepEqual(names, ['PostgreSQL of cache-pg: cache-pg-policy', 'PostgreSQL of orders-pg, twin-pg: orders-pg-postgresql-backup-policy, twin-pg-policy']);
  });

  it('give engines that the page does not have, known or not, rows behind', () => {
    const inventory = anInventory({
      clusters: [aCluster('z', { spec: { componentSpecs: [{ name: 'db', componentDef: 'our-own-1' }] } }), aCluster('k', { spec: { clusterDef: 'kafka', topology: 'combined', componentSpecs: [{ name: 'kafka-combine' }] } })],
      policies: [
        aPolicy('z-db-backup-policy', { metadata: { labels: { [LABELS.instance]: 'z', [LABELS.component]: 'db' } }, spec: { backupMethods: [{ name: 'volume-snapshot', snapshotVolumes: true }] } }),
        aPolicy('k-policy', { metadata: { labels: { [LABELS.instance]: 'k', [LABELS.component]: 'kafka-combine' } }, spec: { backupMethods: [{ name: 'topics', actionSetName: 'kafka-topics' }] } }),
      ],
      actionSets: [anActionSet('kafka-topics', 'Full')],
    });
    const rows = capabilityRows(inventory, '1.0');
    assert.deepEqual(rows.slice(-2).map(({ name, row }) => [name, row.addon]), [['Kafka', 'kafka'], ['our-own-1', '']]);
    assert.equal(cell(rowNamed(rows, 'our-own-1'), 'snapshot').by, 'volume-snapshot');
  });

  it('know the engine that stands beside another', () => {
    const milvus = aCluster('m', { spec: { clusterDef: 'milvus', topology: 'standalone', componentSpecs: [{ name: 'etcd' }, { name: 'milvus' }] } });
    const policyOf = (component: string): BackupPolicy => aPolicy(`m-${component}`, { metadata: { labels: { [LABELS.instance]: 'm', [LABELS.component]: component } } });
    const [etcd, own] = [policyOf('etcd'), policyOf('milvus')];
    const inventory = anInventory({ clusters: [milvus], policies: [etcd, own] });
    assert.deepEqual([etcd, own].map((policy) => rowName(rowOfPolicy(inventory, policy, '1.0'))), ['etcd', 'Milvus (standalone)']);
  });

  it('are those of the nearest line whose add-ons are known', () => {
    assert.deepEqual((['0.7', '0.8', '0.9', '1.1', undefined] as const).map(matrixLine), ['0.9', '0.9', '0.9', '1.1', '1.2']);
  });
});

describe('the introduction page', () => {
  it('is other than today in 13 cells, and where a form of an engine is', () => {
    const found = differences(capabilityRows(undefined, '1.2'));
    assert.deepEqual(
      found.map(({ row, capability, promised }) => `${row.name} ${capability} ${promised ? 'x -> -' : '- -> x'}`),
      [
        'ApeCloud MySQL realTime - -> x',
        'MongoDB (sharding) snapshot x -> -',
        'Redis (standalone, replication) realTime - -> x',
        'Redis (standalone, replication) log - -> x',
        'Redis (standalone, replication) pitr - -> x',
        'Redis (cluster) snapshot x -> -',
        'Prometheus scheduled x -> -',
        'Prometheus snapshot x -> -',
        'Prometheus full x -> -',
        'Nebula snapshot x -> -',
        'Nebula datafile - -> x',
        'Milvus (cluster) snapshot x -> -',
        'Milvus (cluster) datafile - -> x',
        'Qdrant snapshot x -> -',
        'Qdrant datafile - -> x',
      ],
    );
    assert.ok(found.every(({ why }) => /\S.*\.$/.test(why)));
    const splits = ['MongoDB (sharding)', 'Redis (cluster)'];
    assert.equal(found.filter(({ row }) => !splits.includes(row.name)).length, 13);
  });

  it('says nothing of other engines and newer columns', () => {
    assert.deepEqual([isPromised('kafka', 'full'), isPromised('redis', 'encryption'), isPromised('toString', 'full')], [undefined, undefined, undefined]);
    assert.deepEqual([isPromised('redis', 'log'), isPromised('postgresql', 'log')], [false, true]);
    assert.equal(CAPABILITIES.length, 12);
  });
});
