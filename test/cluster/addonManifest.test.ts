import assert from 'node:assert/strict';
import { addonCluster, addonManifest } from '../../src/kubeblocks/addonManifest';
import { ENGINE_ROWS } from '../../src/kubeblocks/engineRows';
import { KINDS } from '../../src/kubeblocks/kinds';
import type { BackupPolicy, Cluster } from '../../src/kubeblocks/objects';
import { Product } from './support/product';
import { sharedCluster } from './support/sharedCluster';

describe('the manifest for Prometheus, on the real controllers', () => {
  it('makes a database of KubeBlocks that is backed up by snapshot', async () => {
    const lane = await sharedCluster();
    const space = await lane.namespace({ engine: false });
    const product = new Product(lane, space.name);
    const row = ENGINE_ROWS.find(({ addon }) => addon === 'prometheus');
    const [definition, template] = (row && addonManifest(row, '1.0')) ?? [];
    assert.ok(row && definition && template);
    await lane.create(definition);
    // The lane has a template of that name for the playground's own Prometheus; applying puts ours in its place.
    await product.deps.api.patch(KINDS.backupPolicyTemplate, template.metadata.name, undefined, { spec: template['spec'] });
    const cluster = addonCluster(row, space.name);
    await lane.create(cluster);
    await space.until<Cluster>('clusters', cluster.metadata.name, 'Running', ({ status }) => status?.phase === 'Running');
    const policy = 'my-prometheus-prometheus-backup-policy';
    await space.until<BackupPolicy>('backuppolicies', policy, 'Available', ({ status }) => status?.phase === 'Available');
    const backup = await product.completed(policy, { method: 'volume-snapshot', name: 'first' });
    assert.equal(backup.status?.actions?.[0]?.volumeSnapshots?.[0]?.volumeName, 'data');
    product.dispose();
    assert.deepEqual(product.logger.errors, []);
  });
});
