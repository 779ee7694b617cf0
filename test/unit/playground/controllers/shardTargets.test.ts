import assert from 'node:assert/strict';
import type { PlaygroundCluster } from '../../../../src/playground/controllers/clusterShapes';
import { RESOURCES } from '../../../../src/playground/resources';
import { addBackup, addCluster, addRepository, createClusterStage, NAMESPACE, type ClusterStage } from '../../../support/clusterStage';

const ANNOTATION = 'kubeblocks.io/restore-from-backup';
const TARGET = 'kubeblocks.io/backup-source-target';

function sharded(name: string, shards: number, entry?: object): string {
  const annotation = entry === undefined ? '' : `\n  annotations: {${ANNOTATION}: '${JSON.stringify({ shard: entry })}'}`;
  return `
apiVersion: apps.kubeblocks.io/v1
kind: Cluster
metadata:
  name: ${name}${annotation}
spec:
  clusterDef: redis
  topology: cluster
  terminationPolicy: Delete
  shardings:
    - name: shard
      shards: ${shards}
      template:
        name: shard
        replicas: 1
        volumeClaimTemplates: [{name: data, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]
`;
}

function stageWithBackup(): ClusterStage {
  const stage = createClusterStage();
  addRepository(stage);
  addCluster(stage, sharded('shop', 2));
  stage.clock.advance(5000);
  addBackup(stage, 'full', 'shop-shard-backup-policy', 'datafile');
  return stage;
}

const entry = { name: 'full', namespace: NAMESPACE };

function shardsOf(stage: ClusterStage, cluster: string) {
  return stage.store.list(RESOURCES.component, { namespace: NAMESPACE, labels: { 'app.kubernetes.io/instance': cluster } });
}

function sourceTargets(stage: ClusterStage): readonly string[] {
  const { targets } = stage.get(RESOURCES.backup, 'full')!.status as { targets: readonly { name: string }[] };
  return targets.map(({ name }) => name);
}

describe('restore of a sharded cluster', function () {
  this.timeout(20_000);

  it('is of a backup that names the sharding, and one of its shards', () => {
    const { 'apps.kubeblocks.io/sharding-name': sharding, 'apps.kubeblocks.io/component-name': component = '' } = stageWithBackup().get(RESOURCES.backup, 'full')?.metadata.labels ?? {};
    assert.equal(sharding, 'shard');
    assert.match(component, /^shard-[a-z0-9]{3}$/);
  });

  it('gives each shard one target of the backup, and reads that one', () => {
    const stage = stageWithBackup();
    addCluster(stage, sharded('copy', 2, entry));
    const dealt = shardsOf(stage, 'copy').map(({ metadata }) => metadata.annotations?.[TARGET]);
    assert.deepEqual([...dealt].sort(), [...sourceTargets(stage)].sort());
    const restores = stage.changes.filter(({ type, object }) => type === 'ADDED' && object.kind === 'Restore' && object.metadata.name.endsWith('preparedata'));
    const read = restores.map(({ object }) => (object.spec as { backup: { sourceTargetName?: string } }).backup.sourceTargetName);
    assert.deepEqual([...read].sort(), [...sourceTargets(stage)].sort());
    const paths = stage.changes
      .filter(({ type, object }) => type === 'ADDED' && object.kind === 'Job' && object.metadata.name.startsWith('restore-preparedata'))
      .map(({ object }) => /\/full\/(shard-[a-z0-9]+)"/.exec(JSON.stringify(object.spec))?.[1]);
    assert.deepEqual([...paths].sort(), [...sourceTargets(stage)].sort());
  });

  it('leaves the shards beyond empty and ends all the same', () => {
    const stage = stageWithBackup();
    addCluster(stage, sharded('copy', 3, entry));
    stage.until('the entry is gone', () => stage.get(RESOURCES.cluster, 'copy')?.metadata.annotations?.[ANNOTATION] === undefined);
    const skipped = shardsOf(stage, 'copy').filter(({ metadata }) => metadata.annotations?.['kubeblocks.io/skip-restore'] === 'true');
    assert.equal(skipped.length, 1);
    assert.equal(skipped[0]!.metadata.annotations?.[TARGET], undefined);
  });

  it('refuses more targets than shards', () => {
    const stage = stageWithBackup();
    stage.create(sharded('copy', 1, entry));
    stage.clock.advance(60_000);
    const { conditions } = stage.get<PlaygroundCluster>(RESOURCES.cluster, 'copy')!.status!;
    const { status, reason, message } = conditions!.find(({ type }) => type === 'ApplyResources')!;
    assert.deepEqual([status, reason], ['False', 'ApplyResourcesFailed']);
    assert.equal(message, 'the source targets count of the backup "full" must be equal to or less than the count of the shard components "shard"');
    assert.deepEqual(shardsOf(stage, 'copy'), []);
  });

  it('fails a Restore that names no target of the backup', () => {
    const stage = stageWithBackup();
    stage.create(`
apiVersion: dataprotection.kubeblocks.io/v1alpha1
kind: Restore
metadata: {name: by-hand}
spec:
  backup: {name: full, namespace: ${NAMESPACE}, sourceTargetName: nobody}
  prepareDataConfig:
    volumeClaimRestorePolicy: Parallel
    volumeClaims: [{metadata: {name: v}, volumeClaimSpec: {accessModes: [ReadWriteOnce]}, volumeSource: data, mountPath: /data}]
`);
    stage.clock.advance(5000);
    assert.equal(stage.phase(RESOURCES.restore, 'by-hand'), 'Failed');
    assert.ok(stage.events('Restore', 'by-hand').includes('ValidateFailed: can not found any source target in backup'));
  });
});
