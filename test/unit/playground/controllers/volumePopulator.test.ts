import assert from 'node:assert/strict';
import type { PopulatedClaim } from '../../../../src/playground/controllers/populatorClaim';
import { RESOURCES } from '../../../../src/playground/resources';
import { addBackup, addCluster, addRepository, clusterYaml, createClusterStage, MYSQL, NAMESPACE, type ClusterStage } from '../../../support/clusterStage';

function stageWithBackup(): ClusterStage {
  const stage = createClusterStage({ line: '1.2' });
  addRepository(stage);
  addCluster(stage, clusterYaml('db', MYSQL));
  addBackup(stage, 'full', 'db-mysql-backup-policy', 'xtrabackup');
  return stage;
}

function restored(name: string, component: string, source = 'full'): string {
  return clusterYaml(name, { ...MYSQL, component }, `  restore:\n    source: {apiGroup: dataprotection.kubeblocks.io, kind: Backup, name: ${source}, namespace: ${NAMESPACE}}\n`);
}

function claimsOf(stage: ClusterStage, cluster: string): readonly PopulatedClaim[] {
  return stage.store.list(RESOURCES.persistentVolumeClaim, { namespace: NAMESPACE, labels: { 'app.kubernetes.io/instance': cluster } });
}

function told(claims: readonly PopulatedClaim[]): readonly string[] {
  return claims.map(({ status }) => (status?.conditions ?? []).map(({ type, status: value, reason = '' }) => `${type} ${value} ${reason}`).sort().join(', '));
}

describe('the volume populator of 1.2', function () {
  this.timeout(20_000);
  let stage: ClusterStage;
  before(() => (stage = stageWithBackup()));

  it('fills a claim by way of one beside it, whose volume it hands over', () => {
    addCluster(stage, restored('copy', 'mysql'));
    const claims = claimsOf(stage, 'copy');
    assert.deepEqual(told(claims), Array(2).fill('Populating True Succeed, Restore True Succeed'));
    const staging = stage.changes.filter(({ type, object }) => type === 'ADDED' && object.kind === 'PersistentVolumeClaim' && object.metadata.name.endsWith(claims[0]?.metadata.uid ?? '-'));
    assert.equal(staging.length, 1);
    assert.equal(stage.get(RESOURCES.persistentVolumeClaim, staging[0]?.object.metadata.name ?? ''), undefined);
    const volume = stage.store.get(RESOURCES.persistentVolume, { name: claims[0]?.spec?.volumeName ?? '' });
    assert.equal((volume?.spec as { claimRef?: { uid?: string } }).claimRef?.uid, claims[0]?.metadata.uid);
  });

  it('gives an empty volume to a component the backup is not of, and says so', () => {
    addCluster(stage, restored('other', 'db'));
    const claims = claimsOf(stage, 'other');
    assert.deepEqual(told(claims), Array(2).fill('Populating True Provisioned, Restore True Provisioned'));
    assert.ok(stage.events('PersistentVolumeClaim', claims[0]?.metadata.name ?? '').includes('VolumePopulateSucceed: PVC provisioned without data restore'));
    const restores = stage.store.list(RESOURCES.restore, { namespace: NAMESPACE, labels: { 'app.kubernetes.io/instance': 'other' } });
    assert.deepEqual(restores, []);
  });

  it('asks again and again for a backup that is not there', () => {
    stage.create(restored('waiting', 'mysql', 'gone'));
    stage.clock.advance(30_000);
    assert.notEqual(stage.phase(RESOURCES.cluster, 'waiting'), 'Running');
    assert.deepEqual(told(claimsOf(stage, 'waiting')).filter((conditions) => conditions !== ''), []);
  });

  it('says when the restore of a volume failed', () => {
    stage.faults.turnOn('restore-job-fails');
    stage.create(restored('broken', 'mysql'));
    stage.until('a claim says so', () => told(claimsOf(stage, 'broken')).includes('Populating True Failed, Restore False Failed'));
    stage.faults.turnOff('restore-job-fails');
  });
});
