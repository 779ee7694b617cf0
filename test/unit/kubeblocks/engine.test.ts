import assert from 'node:assert/strict';
import { engineOf, engineWords } from '../../../src/kubeblocks/engine';
import type { Cluster, ComponentSpec } from '../../../src/kubeblocks/objects';

function clusterOf(clusterDef: string | undefined, ...componentSpecs: readonly ComponentSpec[]): Cluster {
  return {
    apiVersion: 'apps.kubeblocks.io/v1',
    kind: 'Cluster',
    metadata: { name: 'a', namespace: 'n' },
    spec: { ...(clusterDef === undefined ? {} : { clusterDef }), componentSpecs },
  };
}

const CASES: readonly (readonly [behaviour: string, cluster: Cluster, words: string])[] = [
  [
    'takes the version of the engine, not of a helper named after it',
    clusterOf(
      'milvus',
      { name: 'minio', componentDef: 'milvus-minio-1.0.2', serviceVersion: '8.0.17' },
      { name: 'etcd', componentDef: 'etcd-3-1.0.2', serviceVersion: '3.5.15' },
      { name: 'milvus', componentDef: 'milvus-standalone-1.0.2', serviceVersion: '2.5.13' },
    ),
    'Milvus 2',
  ],
  ['reads a version that begins with a v', clusterOf('nebula', { name: 'graphd', componentDef: 'nebula-graphd-1.0.2', serviceVersion: 'v3.5.0' }), 'Nebula 3'],
  ['names the engine of a cluster without a definition', clusterOf(undefined, { name: 'db', componentDef: 'apecloud-mysql-8.0', serviceVersion: '8.0.30' }), 'ApeCloud MySQL 8'],
  ['leaves out the version where only helpers say one', clusterOf('milvus', { name: 'minio', componentDef: 'milvus-minio-1.0.2', serviceVersion: '8.0.17' }), 'Milvus'],
  ['shows an unknown definition as it is', clusterOf('my-engine', { name: 'db', serviceVersion: '1.2' }), 'my-engine 1'],
];

describe('the engine of a cluster', () => {
  for (const [behaviour, cluster, words] of CASES) {
    it(behaviour, () => {
      assert.equal(engineWords(engineOf(cluster)), words);
    });
  }
});
