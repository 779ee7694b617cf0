import assert from 'node:assert/strict';
import { LABELS } from '../../../../src/kubeblocks/labels';
import { BY_CLUSTER } from '../../../../src/manifest/facts/factIndex';
import type { Fact, FactSource } from '../../../../src/manifest/facts/facts';
import { inventoryFacts } from '../../../../src/manifest/facts/inventoryFacts';
import { createSurroundings } from '../../../../src/manifest/facts/surroundings';
import { workspaceFacts } from '../../../../src/manifest/facts/workspaceFacts';
import { judgeFile } from '../../../../src/manifest/judgeFile';
import { readFile, type ManifestFile } from '../../../../src/manifest/manifestFile';
import { anInventory, aPolicy } from '../../../support/builders';
import { dialectOf } from '../../../support/manifestDialect';

const policy = (name: string, cluster: string, namespace?: string): string =>
  `---\napiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: BackupPolicy\nmetadata: {name: ${name}${namespace === undefined ? '' : `, namespace: ${namespace}`}, labels: {${LABELS.instance}: ${cluster}}}\nspec: {backupMethods: []}\n`;
const objectsOf = (file: ManifestFile) => file.documents.flatMap(({ document }) => document.objects);
const written = (...texts: readonly string[]): FactSource => workspaceFacts(texts.map((text, index) => ({ name: `${index}.yaml`, uri: `file:///${index}.yaml`, file: readFile(text) })));
const names = (facts: readonly Fact[]): readonly string[] => facts.map(({ object: { metadata }, origin }) => `${origin.kind} ${metadata.name}`);

describe('what an index finds around an object', () => {
  const inFile = objectsOf(readFile(policy('a', 'orders', 'shop') + policy('b', 'orders') + policy('c', 'mail', 'shop') + policy('a', 'mail', 'post')));
  const live = inventoryFacts(anInventory({ policies: ['a', 'd'].map((name) => aPolicy(name, { metadata: { namespace: 'shop', labels: { [LABELS.instance]: 'orders' } } })) }));
  const around = createSurroundings(inFile, [live, written(policy('b', 'mail', 'shop') + policy('e', 'orders', 'shop') + policy('f', 'orders', 'post'))]);

  it('is what looking through everything finds, in its order', () => {
    for (const namespace of ['shop', 'post', 'elsewhere', undefined]) {
      for (const cluster of ['orders', 'mail', 'nobody']) {
        const looked = around.all('BackupPolicy', namespace).facts.filter(({ object }) => object.metadata.labels?.[LABELS.instance] === cluster);
        assert.deepEqual(around.select('BackupPolicy', namespace, BY_CLUSTER, cluster), looked, `${cluster} in ${String(namespace)}`);
      }
    }
    assert.deepEqual(names(around.select('BackupPolicy', 'shop', BY_CLUSTER, 'orders')), ['file a', 'file b', 'workspace e', 'cluster d']);
  });

  it('of a cluster that is connected is what it holds, whatever the file says', () => {
    assert.deepEqual([around.findLive('BackupPolicy', 'shop', 'a')?.origin.kind, around.findLive('BackupPolicy', 'shop', 'b'), around.findLive('BackupPolicy', 'post', 'a')], ['cluster', undefined, undefined]);
  });
});

describe('a workspace of many files', () => {
  /** How often an object of the workspace is read while each of its files is judged. */
  function readings(count: number): number {
    const cluster = (index: number): string => `---\napiVersion: apps.kubeblocks.io/v1\nkind: Cluster\nmetadata: {name: orders-${index}, namespace: shop}\nspec: {terminationPolicy: Delete, clusterDef: redis, topology: replication, backup: {enabled: true, method: datafile, pitrEnabled: true}}\n`;
    const files = Array.from({ length: count }, (_, index) => readFile(cluster(index) + policy(`orders-${index}-redis-backup-policy`, `orders-${index}`, 'shop')));
    let read = 0;
    const all = workspaceFacts(files.map((file, index) => ({ name: `${index}.yaml`, uri: `file:///${index}.yaml`, file })));
    const known = new Map<string, ReturnType<FactSource['list']>>();
    const counting: FactSource = {
      origin: all.origin,
      list(kind, namespace) {
        const key = `${kind} ${namespace ?? ''}`;
        const list = all.list(kind, namespace);
        const facts = (list?.facts ?? []).map((fact): Fact => ({ ...fact, get object() { read += 1; return fact.object; } }));
        known.set(key, known.get(key) ?? { facts, complete: false });
        return known.get(key);
      },
    };
    for (const file of files) judgeFile(file, [counting], dialectOf('1.0'), { isOnce: true });
    return read;
  }

  it('is looked through once, not once for each of its files', () => {
    const few = readings(20);
    assert.ok(few > 0);
    assert.equal(readings(40), few * 2);
  });
});

