import { RESOURCES } from '../resources';
import { controllerOf, isDeleting, patchStatus, read } from '../runtime/edits';
import type { Controller, World } from '../world';
import { isReady, type Pod, type StatefulSet } from './workload';

/** kube-controller-manager's StatefulSet controller, for one replica: what log backups run in. */
export const statefulSetController: Controller = {
  name: 'statefulset',
  watches: [
    { resource: RESOURCES.statefulSet },
    {
      resource: RESOURCES.pod,
      keys: ({ metadata }) =>
        (metadata.ownerReferences ?? [])
          .filter(({ kind }) => kind === 'StatefulSet')
          .map(({ name }) => ({ namespace: metadata.namespace ?? '', name })),
    },
  ],
  reconcile(ref, world) {
    const set = read<StatefulSet>(world, RESOURCES.statefulSet, ref);
    if (set === undefined || isDeleting(set)) return undefined;
    const pod = read<Pod>(world, RESOURCES.pod, { namespace: ref.namespace ?? '', name: `${ref.name}-0` });
    if (pod === undefined) {
      createPod(set, world);
      return undefined;
    }
    const available = isReady(pod) ? 1 : 0;
    patchStatus(world, RESOURCES.statefulSet, set, {
      observedGeneration: set.metadata.generation,
      collisionCount: 0,
      replicas: 1,
      currentReplicas: 1,
      updatedReplicas: 1,
      readyReplicas: available,
      availableReplicas: available,
    });
    return undefined;
  },
};

function createPod(set: StatefulSet, world: World): void {
  const { namespace = '', name } = set.metadata;
  const { template } = set.spec;
  world.store.create(RESOURCES.pod, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-0`,
      generateName: `${name}-`,
      namespace,
      labels: {
        ...template.metadata?.labels,
        'apps.kubernetes.io/pod-index': '0',
        'statefulset.kubernetes.io/pod-name': `${name}-0`,
      },
      ownerReferences: [controllerOf(set)],
    },
    spec: { schedulerName: 'default-scheduler', ...template.spec },
    status: { phase: 'Pending', qosClass: 'BestEffort' },
  });
  const message = `create Pod ${name}-0 in StatefulSet ${name} successful`;
  world.event(set, 'Normal', 'SuccessfulCreate', message, 'statefulset-controller');
}
