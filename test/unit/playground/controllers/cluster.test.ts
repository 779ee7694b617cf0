import assert from 'node:assert/strict';
import { RESOURCES } from '../../../../src/playground/resources';
import type { PlaygroundCluster } from '../../../../src/playground/controllers/clusterShapes';
import { addBackup, addCluster, addRepository, clusterYaml, createClusterStage, MYSQL, NAMESPACE } from '../../../support/clusterStage';

const LABELS = { 'app.kubernetes.io/instance': 'db' };

describe('cluster controller', function () {
  this.timeout(20_000);
  it('brings up components, claims, pods with roles and account secrets', () => {
    const stage = createClusterStage();
    addCluster(stage, clusterYaml('db', MYSQL));

    const pods = stage.store.list(RESOURCES.pod, { namespace: NAMESPACE, labels: LABELS });
    assert.deepEqual(
      pods.map(({ metadata }) => [metadata.name, metadata.labels?.['kubeblocks.io/role']]),
      [
        ['db-mysql-0', 'leader'],
        ['db-mysql-1', 'follower'],
      ],
    );
    assert.equal(stage.phase(RESOURCES.persistentVolumeClaim, 'data-db-mysql-1'), 'Bound');
    assert.deepEqual(Object.keys(stage.get(RESOURCES.secret, 'db-mysql-account-root')?.data ?? {}), ['username', 'password']);
    assert.equal(stage.phase(RESOURCES.component, 'db-mysql'), 'Running');
  });

  it('writes the definition and version it decided on into the spec', () => {
    const stage = createClusterStage();
    const cluster = addCluster(stage, clusterYaml('db', MYSQL)) as unknown as PlaygroundCluster;
    assert.equal(cluster.spec.componentSpecs?.[0]?.componentDef, 'apecloud-mysql-1.0.2');
    assert.equal(cluster.spec.componentSpecs[0].serviceVersion, '8.0.30');
    assert.equal(cluster.metadata.generation, 2);
  });

  it('tells of what it does as the real controller was seen to', () => {
    const stage = createClusterStage();
    addCluster(stage, clusterYaml('db', MYSQL));
    const told = [
      'PreCheckSucceed: The operator has started the provisioning of Cluster: db',
      'ApplyResourcesSucceed: Successfully applied for resources',
      'ClusterComponentPhaseTransition: cluster component mysql is Running',
      'ClusterReady: cluster db is ready',
      'Running: Cluster: db is ready, current phase is Running',
    ];
    assert.deepEqual([...stage.events('Cluster', 'db')].sort(), told.sort());
  });

  it('stays without a phase while no definition matches', () => {
    const stage = createClusterStage();
    stage.create(clusterYaml('db', { def: 'nosuchdef', component: 'mysql' }));
    stage.clock.advance(60_000);
    const { phase, conditions } = stage.get<PlaygroundCluster>(RESOURCES.cluster, 'db')?.status ?? {};
    assert.equal(phase, undefined);
    assert.deepEqual(
      conditions?.map(({ type, status, reason, message }) => [type, status, reason, message]),
      [['ProvisioningStarted', 'False', 'PreCheckFailed', 'no matched component definition found with componentDef "nosuchdef" and serviceVersion ""']],
    );
  });

  it('fills the components of a topology from the cluster definition', () => {
    const stage = createClusterStage();
    addCluster(
      stage,
      `
apiVersion: apps.kubeblocks.io/v1
kind: Cluster
metadata: {name: graph}
spec: {clusterDef: nebula, topology: default, terminationPolicy: Delete}
`,
    );
    const components = stage.store.list(RESOURCES.component, { namespace: NAMESPACE }).map(({ metadata }) => metadata.name);
    assert.deepEqual(components, ['graph-graphd', 'graph-metad', 'graph-storaged']);
  });

  it('makes one component a shard and keeps the names', () => {
    const stage = createClusterStage();
    addCluster(
      stage,
      `
apiVersion: apps.kubeblocks.io/v1
kind: Cluster
metadata: {name: shop}
spec:
  clusterDef: redis
  topology: cluster
  terminationPolicy: Delete
  shardings:
    - name: shard
      shards: 3
      template:
        name: shard
        replicas: 1
        volumeClaimTemplates: [{name: data, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]
`,
    );
    const names = () => stage.store.list(RESOURCES.component, { namespace: NAMESPACE }).map(({ metadata }) => metadata.name);
    const before = names();
    assert.equal(before.length, 3);
    assert.match(before[0]!, /^shop-shard-[a-z0-9]{3}$/);
    stage.clock.advance(60_000);
    assert.deepEqual(names(), before);
    const policy = stage.get(RESOURCES.backupPolicy, 'shop-shard-backup-policy')?.spec as { targets: { name: string }[] };
    assert.deepEqual(
      policy.targets.map(({ name }) => `shop-${name}`),
      before,
    );
  });

  it('scales pods and claims with the replicas', () => {
    const stage = createClusterStage();
    const cluster = addCluster(stage, clusterYaml('db', MYSQL)) as unknown as PlaygroundCluster;
    const scaled = cluster.spec.componentSpecs!.map((spec) => ({ ...spec, replicas: 1 }));
    stage.store.update(RESOURCES.cluster, { ...stage.get(RESOURCES.cluster, 'db')!, spec: { ...cluster.spec, componentSpecs: scaled } });
    stage.clock.advance(10_000);
    assert.equal(stage.get(RESOURCES.pod, 'db-mysql-1'), undefined);
    assert.equal(stage.get(RESOURCES.persistentVolumeClaim, 'data-db-mysql-1'), undefined);
    assert.equal(stage.phase(RESOURCES.cluster, 'db'), 'Running');
  });
});

describe('deletion of a cluster', function () {
  this.timeout(20_000);
  const cases: readonly { readonly policy: string; readonly cluster: boolean; readonly full: boolean; readonly retained: boolean }[] = [
    { policy: 'DoNotTerminate', cluster: true, full: true, retained: true },
    { policy: 'Delete', cluster: false, full: true, retained: true },
    { policy: 'WipeOut', cluster: false, full: false, retained: true },
  ];
  for (const { policy, cluster, full, retained } of cases) {
    it(`with ${policy} leaves ${[cluster && 'the cluster', full && 'its backups', retained && 'what is retained'].filter(Boolean).join(', ')}`, () => {
      const stage = createClusterStage();
      addRepository(stage);
      addCluster(stage, clusterYaml('db', MYSQL).replace('terminationPolicy: Delete', `terminationPolicy: ${policy}`));
      addBackup(stage, 'full', 'db-mysql-backup-policy', 'xtrabackup');
      stage.create(`
apiVersion: dataprotection.kubeblocks.io/v1alpha1
kind: Backup
metadata: {name: kept}
spec: {backupPolicyName: db-mysql-backup-policy, backupMethod: xtrabackup, deletionPolicy: Retain}
`);
      stage.until('the second backup completes', () => stage.phase(RESOURCES.backup, 'kept') === 'Completed');

      stage.store.delete(RESOURCES.cluster, { namespace: NAMESPACE, name: 'db' });
      stage.clock.advance(60_000);

      assert.equal(stage.get(RESOURCES.cluster, 'db') !== undefined, cluster);
      assert.equal(stage.get(RESOURCES.component, 'db-mysql') !== undefined, cluster);
      assert.equal(stage.get(RESOURCES.pod, 'db-mysql-0') !== undefined, cluster);
      assert.equal(stage.get(RESOURCES.persistentVolumeClaim, 'data-db-mysql-0') !== undefined, cluster);
      assert.equal(stage.get(RESOURCES.secret, 'db-mysql-account-root') !== undefined, cluster);
      assert.equal(stage.get(RESOURCES.backupPolicy, 'db-mysql-backup-policy') !== undefined, cluster);
      assert.equal(stage.get(RESOURCES.backup, 'full') !== undefined, full);
      assert.equal(stage.get(RESOURCES.backup, 'kept') !== undefined, retained);
    });
  }
});
