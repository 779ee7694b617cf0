import type { AnyObject } from '../../../src/kubeblocks/objects';

export const NAMESPACE = 'playground';

/** One row of the matrix with a database to try it on. */
export interface EngineCase {
  /** As the matrix calls it. */
  readonly row: string;
  readonly cluster: AnyObject;
  readonly policy: string;
  /** `x` for what it can, in the order of the introduction page's columns. */
  readonly ticks: string;
}

/** The nine engines of the introduction page, in each form that the playground's add-ons have. */
export const ENGINE_CASES: readonly EngineCase[] = [
  row('PostgreSQL', 'xxxxxxxx', 'pg', 'postgresql', { clusterDef: 'postgresql', topology: 'replication', componentSpecs: [part('postgresql', 2)] }),
  row('ApeCloud MySQL', 'xxxxxxxx', 'mysql', 'mysql', { clusterDef: 'apecloud-mysql', topology: 'apecloud-mysql', componentSpecs: [part('mysql', 3)] }),
  row('MongoDB (replica set)', 'xxxxxxxx', 'mongo-rs', 'mongodb', { clusterDef: 'mongodb', topology: 'replicaset', componentSpecs: [part('mongodb', 3)] }),
  row('MongoDB (sharding)', 'xx-xxxxx', 'mongo-sh', 'config-server', {
    clusterDef: 'mongodb',
    topology: 'sharding',
    componentSpecs: [part('mongos', 1, []), part('config-server', 1)],
    shardings: [{ name: 'shard', shards: 2, template: part('', 1) }],
  }),
  row('Redis (standalone, replication)', 'xxxxxxxx', 'redis', 'redis', { clusterDef: 'redis', topology: 'standalone', componentSpecs: [part('redis', 2)] }),
  row('Redis (cluster)', 'x--x-x-x', 'redis-cl', 'shard', { clusterDef: 'redis', topology: 'cluster', shardings: [{ name: 'shard', shards: 3, template: part('', 1) }] }),
  row('Prometheus', 'x-x--x--', 'prom', 'prometheus', { componentSpecs: [{ ...part('prometheus', 1), componentDef: 'prometheus' }] }),
  row('Nebula', 'x--x-x--', 'nebula', 'graphd', { clusterDef: 'nebula', topology: 'default', componentSpecs: [part('metad', 1), part('storaged', 1), part('graphd', 1, ['logs'])] }),
  row('Milvus (standalone)', 'x-x--x--', 'milvus', 'milvus', { clusterDef: 'milvus', topology: 'standalone', componentSpecs: [part('etcd', 1), part('minio', 1), part('milvus', 1)] }),
  row('Milvus (cluster)', 'x--x-x--', 'milvus-cl', 'proxy', { clusterDef: 'milvus', topology: 'cluster', componentSpecs: ['proxy', 'mixcoord', 'datanode', 'indexnode', 'querynode'].map((name) => part(name, 1, [])) }),
  row('Qdrant', 'x--x-x--', 'qdrant', 'qdrant', { clusterDef: 'qdrant', topology: 'cluster', componentSpecs: [part('qdrant', 3)] }),
  row('Weaviate', 'x-x--x--', 'weaviate', 'weaviate', { componentSpecs: [{ ...part('weaviate', 1), componentDef: 'weaviate' }] }),
];

/** Where the backups go: object storage, as the tools of some engines need it. */
export const REPOSITORY: readonly AnyObject[] = [
  { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'matrix-store', namespace: 'kb-system' }, stringData: { accessKeyId: 'playground', secretAccessKey: 'not-a-secret' } },
  {
    apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
    kind: 'BackupRepo',
    metadata: { name: 'matrix-store', annotations: { 'dataprotection.kubeblocks.io/is-default-repo': 'true' } },
    spec: {
      storageProviderRef: 's3-compatible',
      accessMethod: 'Tool',
      pvReclaimPolicy: 'Retain',
      config: { bucket: 'matrix', endpoint: 'https://objects.playground.invalid', region: 'eu-central-1' },
      credential: { name: 'matrix-store', namespace: 'kb-system' },
    },
  },
];

function row(name: string, ticks: string, cluster: string, component: string, spec: object): EngineCase {
  return {
    row: name,
    ticks,
    policy: `${cluster}-${component}-backup-policy`,
    cluster: { apiVersion: 'apps.kubeblocks.io/v1', kind: 'Cluster', metadata: { name: cluster, namespace: NAMESPACE }, spec: { terminationPolicy: 'Delete', ...spec } },
  };
}

function part(name: string, replicas: number, volumes: readonly string[] = ['data']): object {
  const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '5Gi' } } };
  return { ...(name !== '' && { name }), replicas, ...(volumes.length > 0 && { volumeClaimTemplates: volumes.map((volume) => ({ name: volume, spec })) }) };
}
