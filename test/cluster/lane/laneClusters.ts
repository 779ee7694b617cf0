import type { AnyObject } from '../../../src/kubeblocks/objects';

interface EngineShape {
  readonly topology: string;
  readonly component: string;
  readonly replicas: number;
}

const ENGINES = {
  postgresql: { topology: 'replication', component: 'postgresql', replicas: 2 },
  'apecloud-mysql': { topology: 'apecloud-mysql', component: 'mysql', replicas: 3 },
  redis: { topology: 'standalone', component: 'redis', replicas: 2 },
  qdrant: { topology: 'cluster', component: 'qdrant', replicas: 2 },
} as const satisfies Record<string, EngineShape>;

/** The databases the lane runs, each by the playground's definition of it. */
export type ClusterEngine = keyof typeof ENGINES;
export const CLUSTER_ENGINES = Object.keys(ENGINES) as readonly ClusterEngine[];

export function componentOf(engine: ClusterEngine): string {
  return ENGINES[engine].component;
}

/** A database as a person would ask for it. */
export function laneCluster(engine: ClusterEngine, namespace: string, name = 'db'): AnyObject {
  const { topology, component, replicas } = ENGINES[engine];
  return {
    apiVersion: 'apps.kubeblocks.io/v1',
    kind: 'Cluster',
    metadata: { name, namespace },
    spec: {
      clusterDef: engine,
      topology,
      terminationPolicy: 'Delete',
      componentSpecs: [
        {
          name: component,
          replicas,
          resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '1Gi' } },
          volumeClaimTemplates: [{ name: 'data', spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } } } }],
        },
      ],
    },
  };
}
