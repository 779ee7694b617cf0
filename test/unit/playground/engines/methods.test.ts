import assert from 'node:assert/strict';
import type { ActionSet, Backup, BackupPolicy, BackupSchedule } from '../../../../src/kubeblocks/objects';
import { RESOURCES } from '../../../../src/playground/resources';
import { addBackup, addCluster, addRepository, clusterYaml, createClusterStage, NAMESPACE, type ClusterStage } from '../../../support/clusterStage';

interface Backed {
  readonly def: string;
  readonly component: string;
  readonly replicas?: number;
  readonly methods: readonly string[];
}

/** Full copies before the increments on top of them. */
const BACKED: readonly Backed[] = [
  { def: 'postgresql', component: 'postgresql', methods: ['pg-basebackup', 'pgdump', 'volume-snapshot', 'wal-g', 'wal-g-incremental', 'archive-wal', 'wal-g-archive'] },
  { def: 'apecloud-mysql', component: 'mysql', methods: ['xtrabackup', 'xtrabackup-inc', 'volume-snapshot', 'archive-binlog'] },
  { def: 'mongodb', component: 'mongodb', methods: ['dump', 'datafile', 'volume-snapshot', 'archive-oplog', 'pbm-physical', 'pbm-pitr'] },
  { def: 'mongo-config-server', component: 'config-server', methods: ['dump', 'pbm-physical', 'pbm-pitr', 'archive-oplog'] },
  { def: 'redis-7', component: 'redis', methods: ['datafile', 'aof', 'volume-snapshot', 'backup-for-rebuild-instance'] },
  { def: 'redis-cluster-7', component: 'shard', methods: ['datafile', 'backup-for-rebuild-instance'] },
  { def: 'prometheus', component: 'prometheus', replicas: 1, methods: ['volume-snapshot'] },
  { def: 'nebula-graphd', component: 'graphd', replicas: 1, methods: ['br'] },
  { def: 'milvus-standalone', component: 'milvus', replicas: 1, methods: ['volume-snapshot'] },
  { def: 'milvus-proxy', component: 'proxy', replicas: 1, methods: ['full'] },
  { def: 'qdrant', component: 'qdrant', replicas: 3, methods: ['datafile'] },
  { def: 'weaviate', component: 'weaviate', replicas: 1, methods: ['volume-snapshot'] },
];

describe('backup methods of the sample engines', function () {
  this.timeout(20_000);
  for (const backed of BACKED) {
    it(`${backed.def}: each of ${backed.methods.join(', ')} gives a backup`, () => {
      const stage = createClusterStage();
      addRepository(stage);
      addCluster(stage, clusterYaml('db', backed));
      const policy = stage.get<BackupPolicy>(RESOURCES.backupPolicy, `db-${backed.component}-backup-policy`)!;
      const methods = policy.spec!.backupMethods!;
      assert.deepEqual(methods.map(({ name }) => name).sort(), [...backed.methods].sort());
      for (const name of backed.methods) {
        const { actionSetName } = methods.find((method) => method.name === name)!;
        const set = actionSetName === undefined ? undefined : stage.get<ActionSet>(RESOURCES.actionSet, actionSetName);
        if (set?.spec?.backupType === 'Continuous') followLog(stage, backed, name);
        else if (set?.spec?.backupType === 'Selective') addSelective(stage, policy.metadata.name, name);
        else assert.ok(addBackup(stage, `b-${name}`, policy.metadata.name, name).status);
      }
    });
  }
});

function addSelective(stage: ClusterStage, policy: string, method: string): void {
  stage.create(`
apiVersion: dataprotection.kubeblocks.io/v1alpha1
kind: Backup
metadata: {name: b-${method}}
spec: {backupPolicyName: ${policy}, backupMethod: ${method}, parameters: [{name: database, value: shop}]}
`);
  stage.until(`${method} completes`, () => stage.phase(RESOURCES.backup, `b-${method}`) === 'Completed');
}

/** A log backup runs while its schedule is on; its range moves on with the clock. */
function followLog(stage: ClusterStage, { component }: Backed, method: string): void {
  const schedule = stage.get(RESOURCES.backupSchedule, `db-${component}-backup-schedule`)! as unknown as BackupSchedule;
  const schedules = schedule.spec!.schedules!.map((one) => (one.backupMethod === method ? { ...one, enabled: true } : one));
  stage.store.update(RESOURCES.backupSchedule, { ...schedule, spec: { ...schedule.spec, schedules } });
  const log = () =>
    (stage.store.list(RESOURCES.backup, { namespace: NAMESPACE }) as readonly unknown[] as readonly Backup[]).find(({ spec }) => spec?.backupMethod === method);
  stage.until(`${method} covers some time`, () => log()?.status?.timeRange?.end !== undefined);
  const { end } = log()!.status!.timeRange!;
  stage.clock.advance(600_000);
  assert.equal(log()?.status?.phase, 'Running');
  assert.ok(log()!.status!.timeRange!.end! > end!, `${method} moves on`);
}
