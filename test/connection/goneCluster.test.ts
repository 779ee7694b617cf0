import assert from 'node:assert/strict';
import { join } from 'node:path';
import { objectKey } from '../../src/kubeblocks/inventory';
import { KINDS } from '../../src/kubeblocks/kinds';
import { LABELS } from '../../src/kubeblocks/labels';
import type { AnyObject, Backup, Restore } from '../../src/kubeblocks/objects';
import { restoreWays } from '../../src/kubeblocks/restoreWays';
import { loadBackup } from '../../src/operations/restore';
import { createPlayground, type Playground } from '../../src/playground/playground';
import { Product } from '../cluster/support/product';

const ROOT = join(__dirname, '..', '..');
const NAMESPACE = 'playground';
const USER = 'administrator';

/** Its backups are all that is left of it: what it was stands in them. */
for (const line of ['1.0', '1.2'] as const) {
  describe(`A cluster that no longer exists, on KubeBlocks ${line}`, function () {
    this.timeout(90_000);
    const problems: string[] = [];
    let playground: Playground;
    let product: Product;
    let last: Backup;

    before(async () => {
      const folders = { schemasFolder: join(ROOT, 'schemas'), dataFolder: join(ROOT, 'src', 'playground') };
      playground = await createPlayground({ ...folders, line, speed: 40, onError: (error, where) => problems.push(`${where}: ${String(error)}`) });
      product = new Product({ kubeconfigFor: () => playground.kubeconfig.replaceAll('kubeblocks-playground', USER) }, NAMESPACE, USER);
      await product.until('all is known', ({ backups, clusters, actionSets, line: known }) => known === line && backups.state.state === 'ready' && clusters.state.state === 'ready' && actionSets.items.size > 0);
      const gone = [...product.inventory.backups.items.values()].find(({ metadata, status }) => status?.phase === 'Completed' && !product.inventory.clusters.items.has(objectKey(NAMESPACE, metadata.labels?.[LABELS.instance] ?? '')));
      assert.ok(gone, 'a sample has such a cluster');
      last = await loadBackup(product.deps, NAMESPACE, gone.metadata.name);
    });
    after(async () => {
      product.dispose();
      await playground.close();
      assert.deepEqual([product.logger.errors, problems], [[], []]);
    });

    if (line === '1.0') {
      // One component from a copy of its own, another from that of another day, the third empty, and said to be so.
      it('of several components gets each from a backup of its own, and only those that are named', async () => {
        const found = [...product.inventory.backups.items.values()].find(({ metadata, status }) => metadata.labels?.[LABELS.instance] === 'embeddings' && status?.phase === 'Completed');
        assert.ok(found);
        const milvus = await loadBackup(product.deps, NAMESPACE, found.metadata.name);
        const labels = { ...milvus.metadata.labels, [LABELS.component]: 'etcd' };
        const { apiVersion, kind, spec, status } = milvus;
        const object = { apiVersion, kind, metadata: { name: 'etcd-copy', namespace: NAMESPACE, labels, annotations: milvus.metadata.annotations, finalizers: milvus.metadata.finalizers }, spec, status } as unknown as AnyObject;
        playground.store.updateStatus(KINDS.backup, { ...playground.store.create(KINDS.backup, object), status });
        const etcd = await loadBackup(product.deps, NAMESPACE, 'etcd-copy');
        const plan = product.planRestore({ backup: milvus, others: [etcd], targetName: 'pieces', way: 'annotation' });
        assert.deepEqual(plan.findings.map(({ severity, message }) => `${severity}: ${message}`), ['warning: Only milvus, etcd gets data; minio of the new cluster starts empty.']);
        assert.deepEqual(plan.creates.components.map(({ name, getsData }) => `${name} ${String(getsData)}`), ['etcd true', 'minio false', 'milvus true']);
        const outcome = await product.restore(plan);
        assert.equal(outcome.kind, 'restored', JSON.stringify(outcome));
        const restored = playground.store.list(KINDS.restore).filter(({ metadata }) => metadata.labels?.[LABELS.instance] === 'pieces');
        const sources = restored.map((each) => [each.metadata.labels?.[LABELS.component], (each as Restore).spec?.backup?.name].join(' from '));
        assert.deepEqual([...new Set(sources)].sort(), ['etcd from etcd-copy', `milvus from ${milvus.metadata.name}`]);
      });
    }

    for (const way of restoreWays(line)) {
      it(`comes back under its own name, whole, by ${way}`, async () => {
        const source = last.metadata.labels?.[LABELS.instance] ?? '';
        const targetName = way === 'opsRequest' ? source : `${source}-${way}`;
        const plan = product.planRestore({ backup: last, targetName, way });
        assert.deepEqual(plan.findings.filter(({ severity }) => severity === 'error'), []);
        assert.ok(plan.creates.components.some(({ getsData }) => getsData), 'the backup remembers its components');
        const outcome = await product.restore(plan);
        assert.equal(outcome.kind, 'restored', JSON.stringify(outcome));
        const cluster = await product.deps.api.get(KINDS.cluster, targetName, NAMESPACE);
        const specs = (cluster as { readonly spec?: { readonly componentSpecs?: readonly { readonly name?: string }[] } }).spec?.componentSpecs ?? [];
        assert.deepEqual(specs.map(({ name }) => name), plan.creates.components.map(({ name }) => name));
      });
    }
  });
}
