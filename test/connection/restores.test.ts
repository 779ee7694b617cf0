import assert from 'node:assert/strict';
import { join } from 'node:path';
import { emptyInventory, objectKey } from '../../src/kubeblocks/inventory';
import { KINDS } from '../../src/kubeblocks/kinds';
import { ANNOTATIONS } from '../../src/kubeblocks/labels';
import type { AnyObject, Backup } from '../../src/kubeblocks/objects';
import { inventoryFacts } from '../../src/manifest/facts/inventoryFacts';
import { judge } from '../../src/manifest/judge';
import { objectOf } from '../../src/manifest/manifestObject';
import type { RestoreOutcome } from '../../src/operations/followRestore';
import { createPlayground, type Playground } from '../../src/playground/playground';
import { RESOURCES } from '../../src/playground/resources';
import { Product } from '../cluster/support/product';
import { dialectOf } from '../support/manifestDialect';

const ROOT = join(__dirname, '..', '..');
const NAMESPACE = 'playground';
const POLICY = 'ledger-mysql-backup-policy';
const USER = 'administrator';

/**
 * The ways to a Running cluster that is empty, and of which KubeBlocks reports no error: each foreseen by a rule of ours,
 * let happen all the same, and told from a restore afterwards.
 */
for (const line of ['1.0', '1.2'] as const) {
  describe(`Running, but nothing was restored, on KubeBlocks ${line}`, function () {
    this.timeout(90_000);
    const problems: string[] = [];
    let playground: Playground;
    let product: Product;
    let full: Backup;

    before(async () => {
      const folders = { schemasFolder: join(ROOT, 'schemas'), dataFolder: join(ROOT, 'src', 'playground') };
      playground = await createPlayground({ ...folders, line, speed: 40, onError: (error, where) => problems.push(`${where}: ${String(error)}`) });
      product = new Product({ kubeconfigFor: () => playground.kubeconfig.replaceAll('kubeblocks-playground', USER) }, NAMESPACE, USER);
      await product.until('ledger runs', ({ clusters, line: known }) => known === line && clusters.items.get(objectKey(NAMESPACE, 'ledger'))?.status?.phase === 'Running');
      full = await product.completed(POLICY, { method: 'xtrabackup', name: 'full' });
    });

    after(async () => {
      product.dispose();
      await playground.close();
      assert.deepEqual([product.logger.errors, problems], [[], []]);
    });

    /** What is said of the object before it is created, error or warning. */
    const foreseen = (object: AnyObject): string[] =>
      judge([objectOf(object)], [inventoryFacts(product.inventory)], dialectOf(line)).filter(({ severity }) => severity === 'error' || severity === 'warning').map(({ code }) => code);
    const planned = (targetName: string, way: 'annotation' | 'spec', targetNamespace = NAMESPACE): AnyObject => product.planRestore({ backup: full, targetName, way, targetNamespace }).object;
    const letHappen = async (object: AnyObject): Promise<RestoreOutcome> => {
      await product.deps.api.create(KINDS.cluster, object, { fieldValidation: 'Ignore' });
      return product.followRestore({ object, target: { namespace: object.metadata.namespace ?? '', name: object.metadata.name } });
    };
    const emptyBecause = (outcome: RestoreOutcome, reason: RegExp): void => {
      assert.ok(outcome.kind === 'empty', JSON.stringify(outcome));
      assert.match(outcome.reason, reason);
    };
    /** Without a topology, which has names of its own. */
    const plain = (object: AnyObject, name = 'mysql'): AnyObject => {
      const spec = Object.fromEntries(Object.entries(object['spec'] as object).filter(([key]) => key !== 'clusterDef' && key !== 'topology')) as { readonly componentSpecs: readonly object[] };
      return { ...object, spec: { ...spec, componentSpecs: spec.componentSpecs.map((each) => ({ ...each, name })) } };
    };

    if (line === '1.0') {
      it('an annotation whose key is no component', async () => {
        const object = plain(planned('hollow-key', 'annotation'));
        const text = object.metadata.annotations?.[ANNOTATIONS.restoreFromBackup] ?? '';
        const wrong = { ...object, metadata: { ...object.metadata, annotations: { [ANNOTATIONS.restoreFromBackup]: text.replace('"mysql"', '"db"') } } };
        assert.deepEqual(foreseen(object), []);
        assert.deepEqual(foreseen(wrong), ['KB-R002']);
        emptyBecause(await letHappen(wrong), /its restore annotation names db, which is no component of it/);
      });
      return;
    }

    it('the annotation, which is ignored', async () => {
      const object = planned('hollow-annotation', 'annotation');
      assert.deepEqual(foreseen(object), ['KB-R001']);
      emptyBecause(await letHappen(object), /ignores the annotation/);
    });

    it('a component of another name', async () => {
      const object = plain(planned('hollow-name', 'spec'));
      assert.deepEqual(foreseen(object), []);
      const wrong = plain(object, 'db');
      assert.deepEqual(foreseen(wrong), ['KB-C002']);
      emptyBecause(await letHappen(wrong), /the backup is of component mysql, which it does not have/);
    });

    it('a component of another name, where the backup is gone from view: its claims say so', async () => {
      const wrong = plain(planned('hollow-claims', 'spec'), 'db');
      await product.deps.api.create(KINDS.cluster, wrong);
      const { followRestore } = await import('../../src/operations/followRestore.js');
      emptyBecause(await followRestore(product.deps, () => ({ ...emptyInventory(USER), line }), { namespace: NAMESPACE, clusterName: 'hollow-claims' }), /its volumes came up without data/);
    });

    it('another namespace, without the gate for it', async () => {
      await product.deps.api.create(RESOURCES.namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'elsewhere' } });
      const object = planned('hollow-elsewhere', 'spec', 'elsewhere');
      assert.deepEqual(foreseen(object), ['KB-T007']);
      emptyBecause(await letHappen(object), /the backup is in namespace playground, and the API server dropped it/);
    });

    // What comes of it is in `followRestore.test.ts`: the playground does not imitate it.
    it('spec.restore that is added later is foreseen', async () => {
      const object = planned('hollow-late', 'spec');
      const spec = Object.fromEntries(Object.entries(object['spec'] as object).filter(([key]) => key !== 'restore'));
      await product.deps.api.create(KINDS.cluster, { ...object, spec });
      await product.until('hollow-late is there', ({ clusters }) => clusters.items.has(objectKey(NAMESPACE, 'hollow-late')));
      assert.ok(foreseen(object).includes('KB-C005'));
    });
  });
}
