import type { ClusterLane } from '../../cluster/lane/clusterLane';
import { untilSome } from '../../cluster/lane/untilSome';
import type { StorySide, Work } from './storySide';

const JOBS: Readonly<Record<Work['does'], RegExp>> = {
  backup: /^dp-/,
  restore: /^restore-/,
  delete: /^(\w+-)?delete-/,
  check: /^pre-check-/,
};

/** The cluster lane: Kubernetes and KubeBlocks themselves. */
export function laneSide(lane: ClusterLane): StorySide {
  return {
    name: 'real',
    api: lane.api,
    quietFor: 2_500,
    create: (...objects) => lane.create(...objects),
    async namespace(name, engine) {
      await lane.namespace({ name, engine });
      // The controller's events come after what they tell of, on a busy machine seconds after.
      if (engine !== false) await untilSome(lane.api, `/api/v1/namespaces/${name}/events`, 'the database is told to be ready', (event) => event['reason'] === 'ClusterReady');
    },
    failWork({ does, of, namespace }, log) {
      // The names of these jobs hold the object's, cut where they would be too long.
      const name = does === 'check' ? new RegExp(`^pre-check-.*${of}`) : JOBS[does];
      return lane.failJob({ namespace, name }, log);
    },
  };
}
