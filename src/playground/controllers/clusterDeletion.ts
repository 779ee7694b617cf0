import type { Backup } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { edit, isDeleting, patchStatus, readAll } from '../runtime/edits';
import type { World } from '../world';
import { componentsOf } from './clusterComponents';
import { CLUSTER_FINALIZER } from './clusterNames';
import type { PlaygroundCluster } from './clusterShapes';
import { traitsOf } from './lineTraits';
import { LABEL } from './names';

const AGAIN_MS = 1000;

/**
 * `transformer_cluster_deletion.go`: components first, with WipeOut the cluster's labelled backups next, then the
 * Cluster. DoNotTerminate leaves it as it is, deletion timestamp and all. Retained backups are left alone.
 */
export function deleteCluster(cluster: PlaygroundCluster, world: World): { requeueAfterMs: number } | undefined {
  const { name } = cluster.metadata;
  const policy = cluster.spec.terminationPolicy;
  if (policy === 'DoNotTerminate' || cluster.metadata.finalizers?.includes(CLUSTER_FINALIZER) !== true) return undefined;
  if (cluster.status?.phase !== 'Deleting') {
    world.event(cluster, 'Normal', 'DeletingCR', `Deleting : ${name}`, 'cluster-controller');
    patchStatus(world, RESOURCES.cluster, cluster, { phase: 'Deleting' });
    return { requeueAfterMs: AGAIN_MS };
  }
  if (deleteComponents(cluster, world) || (policy === 'WipeOut' && !traitsOf(world).backupsHoldClusters && deleteBackups(cluster, world))) {
    return { requeueAfterMs: AGAIN_MS };
  }
  edit(world, RESOURCES.cluster, cluster, { removeFinalizer: CLUSTER_FINALIZER });
  return undefined;
}

/** True while some are left. */
function deleteComponents(cluster: PlaygroundCluster, world: World): boolean {
  const components = componentsOf(cluster, world);
  for (const component of components) {
    if (isDeleting(component)) continue;
    const { namespace = '', name } = component.metadata;
    world.store.delete(RESOURCES.component, { namespace, name });
  }
  return componentsOf(cluster, world).length > 0;
}

/** Up to 1.1. True while some are left. They are found by label: a backup that failed early carries none and stays. */
function deleteBackups(cluster: PlaygroundCluster, world: World): boolean {
  const { namespace = '', name } = cluster.metadata;
  const own = () =>
    readAll<Backup>(world, RESOURCES.backup, { namespace, labels: { [LABEL.instance]: name } }).filter(
      ({ spec }) => spec?.deletionPolicy !== 'Retain',
    );
  for (const backup of own()) {
    if (!isDeleting(backup)) world.store.delete(RESOURCES.backup, { namespace, name: backup.metadata.name });
  }
  return own().length > 0;
}
