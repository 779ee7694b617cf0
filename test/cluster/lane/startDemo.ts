import type { ClusterLane } from './clusterLane';
import { CLUSTER_ENGINES, laneCluster } from './laneClusters';
import { startCluster } from './startCluster';
import { untilObject } from './untilObject';

const NAMESPACE = 'demo';

/** A cluster to look at: one database of every engine, named like it, in a namespace the developer may work in. */
export async function startDemo(say: (line: string) => void): Promise<ClusterLane> {
  const lane = await startCluster({ onStep: (step, after) => say(`${(after / 1000).toFixed(1)} s: ${step}`) });
  const { name } = await lane.namespace({ name: NAMESPACE, engine: false, admitDeveloper: true });
  await Promise.all(
    CLUSTER_ENGINES.map(async (engine) => {
      await lane.create(laneCluster(engine, name, engine));
      await untilObject(lane.api, `/apis/apps.kubeblocks.io/v1/namespaces/${name}/clusters/${engine}`, 'Running', isRunning);
    }),
  );
  say(`${CLUSTER_ENGINES.length} databases Running in namespace ${name}`);
  return lane;
}

function isRunning(cluster: object | undefined): boolean {
  return (cluster as { status?: { phase?: string } } | undefined)?.status?.phase === 'Running';
}
