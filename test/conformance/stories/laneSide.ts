import type { ClusterLane } from '../../cluster/lane/clusterLane';
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
    },
    failWork({ does, of, namespace }, log) {
      // The names of these jobs hold the object's, cut where they would be too long.
      const name = does === 'check' ? new RegExp(`^pre-check-.*${of}`) : JOBS[does];
      return lane.failJob({ namespace, name }, log);
    },
  };
}
