import assert from 'node:assert/strict';
import * as path from 'node:path';
import { jsonObjects, jsonText } from '../../src/kubeblocks/json';
import { KINDS } from '../../src/kubeblocks/kinds';
import type { Backup } from '../../src/kubeblocks/objects';
import { PLAYGROUND_CONTEXT, PLAYGROUND_NAMESPACE } from '../../src/playground/kubeconfig';
import { createPlayground, type Playground } from '../../src/playground/playground';
import { RESOURCES } from '../../src/playground/resources';
import { PlaygroundApp } from '../support/playgroundApp';

const ROOT = path.resolve(__dirname, '../..');
const RESTORE = 'kubeblocksBackup.restore';

/** Milvus beside its etcd and its object store, of which the backup is of Milvus alone. */
for (const line of ['1.0', '1.2'] as const) {
  describe(`A restore of one component of several, on KubeBlocks ${line}`, function () {
    this.timeout(90_000);
    let playground: Playground;
    let window: PlaygroundApp;
    let backup: { readonly kind: 'backup'; readonly namespace: string; readonly name: string };

    before(async () => {
      playground = await createPlayground({ schemasFolder: path.join(ROOT, 'schemas'), dataFolder: path.join(ROOT, 'src/playground'), line, speed: 40 });
      const found = playground.store.list(KINDS.backup).find((each) => each.metadata.name.startsWith('embeddings-') && (each as Backup).status?.phase === 'Completed');
      assert.ok(found);
      backup = { kind: 'backup', namespace: PLAYGROUND_NAMESPACE, name: found.metadata.name };
      window = new PlaygroundApp(playground, PLAYGROUND_CONTEXT, new AbortController().signal);
    });
    after(async () => {
      window.dispose();
      await playground.close();
    });

    const made = (name: string, resource: { readonly group: string; readonly plural: string }): readonly string[] =>
      playground.store.list(resource as typeof KINDS.cluster).map(({ metadata }) => metadata.name).filter((each) => each.startsWith(`${name}-`)).sort();

    it('makes that one alone, with its data, and is followed to its end', async () => {
      const outcome = await window.outcomeOf(RESTORE, backup, (prompts) => prompts.when(/^Name of the new cluster/, 'alone').when(/^Restore embeddings/, 'Change Something…').when(/^Change the restore/, 'Restore milvus alone'));
      assert.match(outcome, /^info: alone is running with the restored data \(\d of \d restores completed\)\. \[What Next…/);
      const cluster = playground.store.list(KINDS.cluster).find(({ metadata }) => metadata.name === 'alone') as unknown;
      assert.deepEqual(jsonObjects(cluster, 'spec', 'componentSpecs').map((each) => jsonText(each, 'name')), ['milvus']);
      assert.deepEqual([jsonText(cluster, 'spec', 'topology'), jsonText(cluster, 'status', 'phase')], [undefined, 'Running']);
      assert.deepEqual(made('alone', RESOURCES.pod), ['alone-milvus-0']);
    });

    it('makes all of them, two of which start empty, where an OpsRequest asks for it', async () => {
      const outcome = await window.outcomeOf(RESTORE, backup, (prompts) => prompts.when(/^Name of the new cluster/, 'whole'));
      assert.match(outcome, /^info: whole is running with the restored data/);
      assert.deepEqual(made('whole', RESOURCES.pod), ['whole-etcd-0', 'whole-milvus-0', 'whole-minio-0']);
      const said = window.restorePlans.newest?.made.plan.findings.map(({ message }) => message) ?? [];
      assert.ok(said.some((message) => /^Only milvus gets data; etcd, minio/.test(message)), said.join('\n'));
    });

    it('says what is left out, and opens by its link as it was', async () => {
      await window.outcomeOf(RESTORE, backup, (prompts) => prompts.when(/^Name of the new cluster/, 'linked').when(/^Restore embeddings/, 'Change Something…').when(/^Change the restore/, 'Restore milvus alone').when(/^Restore embeddings/, { leave: true }));
      const plan = window.restorePlans.newest;
      assert.ok(plan);
      assert.match(await plan.text(), /Components etcd, minio: they would start empty, and are left out\./);
      assert.equal(plan.link.onlyRestored, true);
      await window.outcomeOf('kubeblocksBackup.openRestorePlan', plan.link);
      assert.equal(window.restorePlans.newest?.made.hash, plan.made.hash);
    });

    it('shows in words how the new cluster is reached', async () => {
      await window.outcomeOf('kubeblocksBackup.describe', { kind: 'cluster', namespace: PLAYGROUND_NAMESPACE, name: 'orders' });
      const page = window.pages.at(-1)?.replaceAll('\\', '') ?? '';
      assert.match(page, /## Endpoints\n\n- `orders-postgresql-postgresql\.playground\.svc:5432 \(primary\)`/);
      assert.match(page, /## Accounts\n\n- postgres of postgresql: Secret orders-postgresql-account-postgres, with username and password/);
    });
  });
}
