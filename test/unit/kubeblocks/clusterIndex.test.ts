import assert from 'node:assert/strict';
import { componentOf, indexClusters } from '../../../src/kubeblocks/clusterIndex';
import { LABELS } from '../../../src/kubeblocks/labels';
import { aBackup, aCluster, anEarlyFailure, anInventory, anOpsRequest, aPolicy, aRestore, collection } from '../../support/builders';

const KEY = 'payments/orders-pg';

describe('indexClusters', () => {
  it('puts what belongs to a cluster under it, newest backup first', () => {
    const inventory = anInventory({
      clusters: [aCluster()],
      backups: [aBackup('older', '08:00:00'), aBackup('newer', '09:00:00')],
      policies: [aPolicy()],
      restores: [aRestore('r', 'orders-pg', 'Running')],
      opsRequests: [anOpsRequest('ops', 'orders-pg', 'Running')],
    });
    const entry = indexClusters(inventory).entries.get(KEY);
    assert.deepEqual(entry?.backups.map(({ metadata }) => metadata.name), ['newer', 'older']);
    assert.deepEqual([entry.policies.length, entry.restores.length, entry.opsRequests.length], [1, 1, 1]);
    assert.deepEqual(entry.components, ['postgresql']);
  });

  it('finds the cluster of a backup that failed before it got labels through its policy', () => {
    const index = indexClusters(anInventory({ clusters: [aCluster()], backups: [anEarlyFailure('bad')], policies: [aPolicy()] }));
    assert.deepEqual(index.entries.get(KEY)?.backups.map(({ metadata }) => metadata.name), ['bad']);
  });

  it('keeps apart a backup of nobody', () => {
    const index = indexClusters(anInventory({ clusters: [aCluster()], backups: [anEarlyFailure('bad', 'nopolicy')] }));
    assert.deepEqual(index.unassigned.map(({ metadata }) => metadata.name), ['bad']);
  });

  it('keeps backups of a deleted cluster, with the components they name', () => {
    const index = indexClusters(anInventory({ backups: [aBackup('left')] }));
    const [entry] = [...index.entries.values()];
    assert.equal(entry?.cluster, undefined);
    assert.deepEqual([entry?.name, entry?.components], ['orders-pg', ['postgresql']]);
  });

  it('does not give a new cluster the backups of a deleted one of the same name', () => {
    const old = aBackup('old', '08:00:00', { metadata: { labels: { [LABELS.clusterUid]: 'uid-before' } } });
    const index = indexClusters(anInventory({ clusters: [aCluster()], backups: [old] }));
    assert.deepEqual(index.entries.get(KEY)?.backups, []);
    assert.equal(index.entries.get(`${KEY}@uid-before`)?.backups[0], old);
  });

  it('is the same object until a collection it reads changes', () => {
    const inventory = anInventory({ clusters: [aCluster()], backups: [aBackup('a')] });
    const before = indexClusters(inventory);
    assert.equal(indexClusters({ ...inventory, repos: collection([]) }), before);
    assert.notEqual(indexClusters({ ...inventory, policies: collection([aPolicy()]) }), before);
  });
});

describe('componentOf', () => {
  const ofLabels = (component: string, sharding: string): string | undefined =>
    componentOf(aBackup('b', '08:00:00', { metadata: { labels: { [LABELS.component]: component, [LABELS.sharding]: sharding } } }));

  it('takes the label that says something, as 0.9 writes the other one empty', () => {
    assert.equal(ofLabels('mysql', ''), 'mysql');
    assert.equal(ofLabels('', 'shard'), 'shard');
  });

  it('is the sharding where the other names one shard of it', () => assert.equal(ofLabels('shard-t8s', 'shard'), 'shard'));

  it('is nothing where both are empty', () => assert.equal(ofLabels('', ''), undefined));
});
