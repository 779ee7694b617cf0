import type { AnyObject, Backup } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { edit, isDeleting, read, readAll } from '../runtime/edits';
import type { Controller, ObjectRef, World } from '../world';
import type { PlaygroundCluster } from './clusterShapes';
import { traitsOf } from './lineTraits';
import { FINALIZER, LABEL } from './names';

/**
 * Holds each Cluster until the backups that go with it are gone (`cluster_backup_controller.go`, of the 1.2 line): with
 * WipeOut all but the retained, otherwise those that failed and are no logs. It does not wait for the components.
 */
export const clusterBackups: Controller = {
  name: 'clusterBackups',
  watches: [{ resource: RESOURCES.cluster }, { resource: RESOURCES.backup, keys: clusterOf }],
  reconcile(ref, world) {
    const cluster = read<PlaygroundCluster>(world, RESOURCES.cluster, ref);
    if (!traitsOf(world).backupsHoldClusters || cluster === undefined) return undefined;
    if (!isDeleting(cluster)) edit(world, RESOURCES.cluster, cluster, { addFinalizer: FINALIZER });
    else if (cluster.spec.terminationPolicy !== 'DoNotTerminate') letGo(cluster, world);
    return undefined;
  },
};

function clusterOf({ metadata }: AnyObject): readonly ObjectRef[] {
  const name = metadata.labels?.[LABEL.instance];
  return name === undefined || metadata.namespace === undefined ? [] : [{ namespace: metadata.namespace, name }];
}

function letGo(cluster: PlaygroundCluster, world: World): void {
  for (const { metadata } of goingWith(cluster, world)) {
    if (metadata.deletionTimestamp === undefined) world.store.delete(RESOURCES.backup, { namespace: metadata.namespace ?? '', name: metadata.name });
  }
  if (goingWith(cluster, world).length === 0) edit(world, RESOURCES.cluster, cluster, { removeFinalizer: FINALIZER });
}

function goingWith({ metadata, spec: { terminationPolicy } }: PlaygroundCluster, world: World): readonly Backup[] {
  const { namespace = '', name } = metadata;
  const backups = readAll<Backup>(world, RESOURCES.backup, { namespace, labels: { [LABEL.instance]: name } });
  return backups.filter(({ metadata: { labels, deletionTimestamp }, spec, status }) => {
    if (terminationPolicy === 'WipeOut') return spec?.deletionPolicy !== 'Retain';
    return (status?.phase === 'Failed' || deletionTimestamp !== undefined) && labels?.[LABEL.backupType] !== 'Continuous';
  });
}
