import { RESOURCES } from '../resources';
import { edit, isDeleting, patchStatus, read, withCondition } from '../runtime/edits';
import type { Controller, ObjectRef, World } from '../world';
import type { AnyObject } from '../../kubeblocks/objects';
import { applyComponents, wantedComponents } from './clusterComponents';
import { deleteCluster } from './clusterDeletion';
import { resolveCluster, UnresolvedCluster, type ResolvedCluster } from './clusterDefinitions';
import { APPS_ANNOTATION, APPS_API_VERSION, CLUSTER_FINALIZER } from './clusterNames';
import type { PlaygroundCluster } from './clusterShapes';
import { writeClusterStatus } from './clusterStatus';
import { restoreAnnotationError } from './componentRestoreEntry';
import { traitsOf } from './lineTraits';
import { ANNOTATION, LABEL } from './names';
import { withRestoreIntent } from './restoreIntent';
import { dealTargets, TooFewShards } from './shardTargets';

const RETRY_MS = 30_000;

/** Makes a Cluster's Components, sums up their phases and takes the Cluster down again (`controllers/apps/cluster`). */
export const clusterController: Controller = {
  name: 'cluster',
  watches: [
    { resource: RESOURCES.cluster },
    { resource: RESOURCES.component, keys: clusterOf },
    { resource: RESOURCES.backup, keys: deletingClusterOf },
  ],
  reconcile(ref, world) {
    const cluster = read<PlaygroundCluster>(world, RESOURCES.cluster, ref);
    if (cluster === undefined) return undefined;
    return isDeleting(cluster) ? deleteCluster(cluster, world) : provision(cluster, world);
  },
};

function clusterOf({ metadata }: AnyObject): readonly ObjectRef[] {
  const name = metadata.labels?.[LABEL.instance];
  return name === undefined || metadata.namespace === undefined ? [] : [{ namespace: metadata.namespace, name }];
}

/** A deletion with WipeOut waits for the backups. */
function deletingClusterOf(backup: AnyObject, world: World): readonly ObjectRef[] {
  return clusterOf(backup).filter((ref) => {
    const cluster = world.store.get(RESOURCES.cluster, ref);
    return cluster !== undefined && isDeleting(cluster);
  });
}

function provision(given: PlaygroundCluster, world: World): { requeueAfterMs: number } | undefined {
  const { restoresBySpec, marksApiVersion } = traitsOf(world);
  const cluster = edit(world, RESOURCES.cluster, given, {
    addFinalizer: CLUSTER_FINALIZER,
    annotations: {
      ...(restoresBySpec && { [APPS_ANNOTATION.legacyConfig]: 'false' }),
      ...(marksApiVersion && { [APPS_ANNOTATION.apiVersion]: APPS_API_VERSION }),
    },
  });
  try {
    const resolved = restoresBySpec ? withRestoreIntent(cluster, resolveCluster(cluster, world)) : resolveCluster(cluster, world);
    const complete = writeBack(cluster, resolved, world);
    const wanted = wantedComponents(complete, resolved, world);
    const error = restoresBySpec ? undefined : restoreAnnotationError(complete.metadata.annotations?.[ANNOTATION.restoreFromBackup]);
    if (error !== undefined) return refuseAnnotation(complete, error, world);
    applyComponents(complete, wanted, dealTargets(complete, wanted, world), world);
    writeClusterStatus(complete, wanted, world);
    return undefined;
  } catch (error) {
    if (error instanceof TooFewShards) return refuseAnnotation(cluster, error.message, world);
    if (!(error instanceof UnresolvedCluster)) throw error;
    refuse(cluster, error.message, world);
    return { requeueAfterMs: RETRY_MS };
  }
}

/** The definitions and versions that were decided are written into the spec, where they stay decided. */
function writeBack(cluster: PlaygroundCluster, resolved: ResolvedCluster, world: World): PlaygroundCluster {
  return edit(world, RESOURCES.cluster, cluster, {
    spec: {
      ...(resolved.components.length > 0 && { componentSpecs: resolved.components }),
      ...(resolved.shardings.length > 0 && { shardings: resolved.shardings }),
    },
  });
}

function refuse(cluster: PlaygroundCluster, message: string, world: World): void {
  const condition = { type: 'ProvisioningStarted', status: 'False', reason: 'PreCheckFailed', message, lastTransitionTime: world.clock.timestamp() };
  world.event(cluster, 'Warning', 'PreCheckFailed', message, 'cluster-controller');
  patchStatus(world, RESOURCES.cluster, cluster, { conditions: withCondition(cluster.status?.conditions, condition) });
}

/** An annotation that cannot be read stops the Cluster before it has a phase. */
function refuseAnnotation(cluster: PlaygroundCluster, message: string, world: World): { requeueAfterMs: number } {
  const at = { lastTransitionTime: world.clock.timestamp(), observedGeneration: cluster.metadata.generation ?? 1 };
  const started = {
    type: 'ProvisioningStarted',
    status: 'True',
    reason: 'PreCheckSucceed',
    message: `The operator has started the provisioning of Cluster: ${cluster.metadata.name}`,
    ...at,
  };
  const failed = { type: 'ApplyResources', status: 'False', reason: 'ApplyResourcesFailed', message, ...at };
  world.event(cluster, 'Warning', 'ApplyResourcesFailed', message, 'cluster-controller');
  const conditions = withCondition(withCondition(cluster.status?.conditions, started), failed);
  patchStatus(world, RESOURCES.cluster, cluster, { conditions });
  return { requeueAfterMs: RETRY_MS };
}
