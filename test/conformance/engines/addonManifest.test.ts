import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { addonCluster, addonManifest } from '../../../src/kubeblocks/addonManifest';
import { capabilityRows } from '../../../src/kubeblocks/capabilities';
import { ENGINE_ROWS } from '../../../src/kubeblocks/engineRows';
import { objectKey } from '../../../src/kubeblocks/inventory';
import type { KubeBlocksLine } from '../../../src/kubeblocks/kinds';
import type { AnyObject } from '../../../src/kubeblocks/objects';
import { judgeFile } from '../../../src/manifest/judgeFile';
import { readFile } from '../../../src/manifest/manifestFile';
import { createPlayground, type Playground } from '../../../src/playground/playground';
import { resourceOf } from '../../../src/playground/samples/createAll';
import { addonDocument } from '../../../src/ui/documents/addonDocument';
import { dialectOf } from '../../support/manifestDialect';
import { Product } from '../../cluster/support/product';

const ROOT = join(__dirname, '../../..');
const NAMESPACE = 'playground';
const USER = 'administrator';

function prometheus(line: KubeBlocksLine): string {
  const row = ENGINE_ROWS.find(({ addon }) => addon === 'prometheus');
  const objects = row && addonManifest(row, line);
  assert.ok(row && objects);
  return addonDocument(row, objects);
}

/** The example behind the objects, out of its comment. */
function exampleOf(text: string): string {
  const lines = text.split('\n');
  return lines.slice(lines.indexOf('# apiVersion: apps.kubeblocks.io/v1')).map((line) => line.replace(/^# ?/, '')).join('\n');
}

describe('the manifest for Prometheus, which has no add-on', function () {
  this.timeout(60_000);

  for (const line of ['1.0', '1.1', '1.2'] satisfies readonly KubeBlocksLine[]) {
    it(`has no finding on ${line}, nor has the cluster to try it with`, () => {
      const text = prometheus(line);
      for (const each of [text, `${text}---\n${exampleOf(text)}`]) {
        assert.deepEqual(judgeFile(readFile(each), [], dialectOf(line)).map(({ code, message }) => `${code} ${message}`), []);
      }
    });
  }

  it('is not there for lines whose add-ons have another form', () => {
    const row = ENGINE_ROWS.find(({ addon }) => addon === 'prometheus');
    assert.equal(row && addonManifest(row, '0.9'), undefined);
    assert.equal(row && addonCluster(row, 'x').metadata.name, 'my-prometheus');
  });

  describe('on a playground without one', () => {
    let dataFolder: string;
    const problems: string[] = [];
    let playground: Playground;
    let product: Product;

    before(async () => {
      dataFolder = mkdtempSync(join(tmpdir(), 'addon-'));
      for (const part of ['engines', 'samples']) cpSync(join(ROOT, 'src/playground', part), join(dataFolder, part), { recursive: true });
      rmSync(join(dataFolder, 'engines', 'prometheus.yaml'));
      playground = await createPlayground({ line: '1.0', schemasFolder: join(ROOT, 'schemas'), dataFolder, empty: true, speed: 40, onError: (error, where) => problems.push(`${where}: ${String(error)}`) });
      product = new Product({ kubeconfigFor: () => playground.kubeconfig.replaceAll('kubeblocks-playground', USER) }, NAMESPACE, USER);
      await product.until('the line', ({ line }) => line !== undefined);
    });

    after(async () => {
      product.dispose();
      await playground.close();
      rmSync(dataFolder, { recursive: true });
      assert.deepEqual([product.logger.errors, problems], [[], []]);
    });

    it('makes a database that is backed up by snapshot, and the matrix knows', async () => {
      const before = capabilityRows(product.inventory, '1.0').find(({ name }) => name === 'Prometheus');
      assert.deepEqual([before?.source.kind, before?.methods], ['bundled', []]);
      const text = prometheus('1.0');
      for (const document of parseAllDocuments(text)) await create(document.toJS() as AnyObject);
      const cluster = parse(exampleOf(text)) as AnyObject;
      await create({ ...cluster, metadata: { ...cluster.metadata, namespace: NAMESPACE } });
      await product.until('it runs', ({ clusters }) => clusters.items.get(objectKey(NAMESPACE, 'my-prometheus'))?.status?.phase === 'Running');
      const backup = await product.completed('my-prometheus-prometheus-backup-policy', { method: 'volume-snapshot', name: 'first' });
      assert.equal(backup.status?.actions?.[0]?.volumeSnapshots?.[0]?.volumeName, 'data');
      const now = capabilityRows(product.inventory, '1.0').find(({ name }) => name === 'Prometheus');
      const has = now?.cells.filter(({ methods }) => methods.length > 0).map(({ capability }) => capability);
      assert.deepEqual([now?.source, has], [{ kind: 'live', policies: ['my-prometheus-prometheus-backup-policy'] }, ['scheduled', 'snapshot', 'full']]);
    });

    async function create(object: AnyObject): Promise<void> {
      await product.deps.api.create(resourceOf(object), object);
    }
  });
});
