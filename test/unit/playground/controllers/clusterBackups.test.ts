import assert from 'node:assert/strict';
import type { StoreEvent } from '../../../../src/playground/world';
import { RESOURCES } from '../../../../src/playground/resources';
import { addBackup, addCluster, addRepository, clusterYaml, createClusterStage, MYSQL, NAMESPACE, type ClusterStage } from '../../../support/clusterStage';

const OF_MANAGER = 'cluster.kubeblocks.io/finalizer';
const OF_DATA_PROTECTION = 'dataprotection.kubeblocks.io/finalizer';
const POLICY = 'db-mysql-backup-policy';

function stageWithCluster(terminationPolicy: string): ClusterStage {
  const stage = createClusterStage({ line: '1.2' });
  addRepository(stage);
  addCluster(stage, clusterYaml('db', MYSQL).replace('terminationPolicy: Delete', `terminationPolicy: ${terminationPolicy}`));
  return stage;
}

function addFailed(stage: ClusterStage, name: string): void {
  stage.faults.turnOn('backup-job-fails', { target: name });
  stage.create(`
apiVersion: dataprotection.kubeblocks.io/v1alpha1
kind: Backup
metadata: {name: ${name}}
spec: {backupPolicyName: ${POLICY}, backupMethod: xtrabackup}
`);
  stage.until(`${name} fails`, () => stage.phase(RESOURCES.backup, name) === 'Failed');
}

function wipe(stage: ClusterStage): void {
  stage.store.delete(RESOURCES.cluster, { namespace: NAMESPACE, name: 'db' });
  stage.until('the cluster is gone', () => stage.get(RESOURCES.cluster, 'db') === undefined);
}

const finalizersOf = ({ object }: StoreEvent): readonly string[] => object.metadata.finalizers ?? [];

describe('the backups of a cluster of 1.2 that is deleted', function () {
  this.timeout(20_000);

  it('are marked on the Cluster from its beginning', () => {
    const stage = stageWithCluster('Delete');
    assert.deepEqual([...(stage.get(RESOURCES.cluster, 'db')?.metadata.finalizers ?? [])].sort(), [OF_MANAGER, OF_DATA_PROTECTION]);
  });

  it('go with WipeOut, and hold the Cluster longer than its components', () => {
    const stage = stageWithCluster('WipeOut');
    addBackup(stage, 'full', POLICY, 'xtrabackup');
    stage.faults.turnOn('delete-job-fails', { target: 'full' });
    stage.store.delete(RESOURCES.cluster, { namespace: NAMESPACE, name: 'db' });
    stage.clock.advance(60_000);
    assert.deepEqual(stage.get(RESOURCES.cluster, 'db')?.metadata.finalizers, [OF_DATA_PROTECTION]);
    assert.equal(stage.phase(RESOURCES.backup, 'full'), 'Deleting');
  });

  it('are all gone before the Cluster is', () => {
    const stage = stageWithCluster('WipeOut');
    addBackup(stage, 'full', POLICY, 'xtrabackup');
    wipe(stage);
    assert.equal(stage.get(RESOURCES.backup, 'full'), undefined);
    const last = stage.changes.findLast(({ object }) => object.kind === 'Cluster' && object.metadata.name === 'db');
    assert.deepEqual(last && [last.type, finalizersOf(last)], ['DELETED', []]);
  });

  it('stay with Delete, but for those that failed', () => {
    const stage = stageWithCluster('Delete');
    addBackup(stage, 'full', POLICY, 'xtrabackup');
    addFailed(stage, 'bad');
    wipe(stage);
    assert.equal(stage.phase(RESOURCES.backup, 'full'), 'Completed');
    assert.equal(stage.get(RESOURCES.backup, 'bad'), undefined);
  });
});
