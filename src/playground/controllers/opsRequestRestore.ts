import type { AnyObject, Backup } from '../../kubeblocks/objects';
import { apiVersionOf } from '../../kubeblocks/resource';
import { clusterAsNow } from '../legacy/legacyCluster';
import { RESOURCES } from '../resources';
import { edit, read } from '../runtime/edits';
import { omit } from '../store/omit';
import { StatusError, type World } from '../world';
import { APPS_ANNOTATION, APPS_API_VERSION, APPS_LABEL } from './clusterNames';
import type { PlaygroundCluster } from './clusterShapes';
import { traitsOf } from './lineTraits';
import { ANNOTATION, LABEL } from './names';
import { outcomeOf, startRestoreBySpec } from './opsRequestRestoreBySpec';
import { FatalOpsError, RetriedOpsError, type PlaygroundOpsRequest } from './opsRequestShapes';
import { normalizeRestoreTime } from './opsRequestTime';

/** Creates the new Cluster from the snapshot that the backup carries (`pkg/operations/restore.go`). */
export function startRestore(ops: PlaygroundOpsRequest, world: World): void {
  const { namespace = '', name: opsName } = ops.metadata;
  const clusterName = ops.spec.clusterName ?? '';
  if (ops.metadata.labels?.[LABEL.instance] === clusterName && clusterOf(ops, world) !== undefined) return;
  const backup = usableBackup(ops, world);
  const restoreTime = restoreTimeOf(ops, backup, world);
  const { [LABEL.sharding]: sharding = '', [LABEL.component]: ofComponent } = backup.metadata.labels ?? {};
  const component = sharding === '' ? ofComponent : sharding;
  if (component === undefined) {
    throw new FatalOpsError(`unable to obtain the name of the component to be recovered, please ensure that Backup.spec.componentName exists`);
  }
  if (traitsOf(world).restoresBySpec) {
    startRestoreBySpec(ops, backup, { restoreTime, spec: adjusted(snapshotOf(backup, world).spec) }, world);
    return;
  }
  const snapshot = snapshotOf(backup, world);
  const cluster = createCluster(
    {
      apiVersion: apiVersionOf(RESOURCES.cluster),
      kind: 'Cluster',
      metadata: {
        name: clusterName,
        namespace,
        annotations: {
          [APPS_ANNOTATION.apiVersion]: APPS_API_VERSION,
          [APPS_ANNOTATION.opsRequest]: JSON.stringify([{ name: opsName, type: 'Restore' }]),
          [ANNOTATION.restoreFromBackup]: JSON.stringify({ [component]: restoreEntry(ops, backup, restoreTime) }),
        },
      },
      spec: adjusted(snapshot.spec),
    },
    world,
  );
  adopt(ops, cluster, world);
}

/** True once the new Cluster is Running; the restore's last stage may still be to come. */
export function isRestoreDone(ops: PlaygroundOpsRequest, world: World): boolean {
  const cluster = clusterOf(ops, world);
  const outcome = traitsOf(world).restoresBySpec ? outcomeOf(cluster) : 'done';
  if (outcome === 'waiting' || cluster?.status?.phase !== 'Running') return false;
  edit(world, RESOURCES.cluster, cluster, { annotations: { [APPS_ANNOTATION.opsRequest]: undefined } });
  return true;
}

function clusterOf({ metadata, spec }: PlaygroundOpsRequest, world: World): PlaygroundCluster | undefined {
  return read<PlaygroundCluster>(world, RESOURCES.cluster, { namespace: metadata.namespace ?? '', name: spec.clusterName ?? '' });
}

function usableBackup(ops: PlaygroundOpsRequest, world: World): Backup {
  const { restore } = ops.spec;
  if (restore === undefined) throw new FatalOpsError('spec.restore can not be empty');
  const given = restore.backupNamespace ?? '';
  const namespace = given === '' ? (ops.metadata.namespace ?? '') : given;
  const backup = read<Backup>(world, RESOURCES.backup, { namespace, name: restore.backupName });
  if (backup === undefined) throw new FatalOpsError(`backup ${restore.backupName} not found in namespace ${namespace}`);
  const phase = backup.status?.phase ?? '';
  if (phase !== 'Completed' && !isContinuous(backup)) {
    throw new FatalOpsError(`backup ${restore.backupName} status is ${phase}, only completed backup can be used to restore`);
  }
  return backup;
}

function isContinuous({ metadata }: Backup): boolean {
  return metadata.labels?.[LABEL.backupType] === 'Continuous';
}

/** For a log backup the wanted instant, in UTC and inside what the log covers. */
function restoreTimeOf(ops: PlaygroundOpsRequest, backup: Backup, world: World): string | undefined {
  const text = ops.spec.restore?.restorePointInTime ?? '';
  if (text === '' || !isContinuous(backup)) return undefined;
  const BadTime = traitsOf(world).operationsFailAtOnce ? FatalOpsError : RetriedOpsError;
  let restoreTime: string;
  try {
    restoreTime = normalizeRestoreTime(text);
  } catch (error) {
    throw new BadTime(error instanceof Error ? error.message : String(error));
  }
  const { start, end } = backup.status?.timeRange ?? {};
  if (start === undefined || end === undefined) throw new BadTime('invalid timeRange in the backup');
  const at = Date.parse(restoreTime);
  if (at >= Date.parse(start) && at <= Date.parse(end)) return restoreTime;
  const { namespace = '', labels } = backup.metadata;
  throw new BadTime(
    `restore-to-time is out of time range, you can view the recoverable time: \n\tkbcli cluster describe ${labels?.[LABEL.instance] ?? ''} -n ${namespace}`,
  );
}

function restoreEntry(ops: PlaygroundOpsRequest, backup: Backup, restoreTime: string | undefined): Readonly<Record<string, string>> {
  const { restore } = ops.spec;
  return {
    doReadyRestoreAfterClusterRunning: String(restore?.deferPostReadyUntilClusterRunning ?? false),
    name: backup.metadata.name,
    namespace: backup.metadata.namespace ?? '',
    ...(restore?.env !== undefined && { restoreEnv: JSON.stringify(restore.env) }),
    ...(restore?.parameters !== undefined && { restoreParameters: JSON.stringify(restore.parameters) }),
    ...(restoreTime !== undefined && { restoreTime }),
    volumeRestorePolicy: restore?.volumeRestorePolicy ?? 'Parallel',
  };
}

function snapshotOf(backup: Backup, world: World): Pick<PlaygroundCluster, 'spec'> {
  const text = backup.metadata.annotations?.[ANNOTATION.clusterSnapshot];
  if (text === undefined) throw new FatalOpsError(`missing snapshot annotation in backup ${backup.metadata.name}, ${ANNOTATION.clusterSnapshot} is empty in Annotations`);
  try {
    const cluster = JSON.parse(text) as AnyObject;
    return (world.line === '0.9' ? clusterAsNow(cluster) : cluster) as unknown as Pick<PlaygroundCluster, 'spec'>;
  } catch (error) {
    throw new FatalOpsError(error instanceof Error ? error.message : String(error));
  }
}

/** Instances that were taken off line stay with the old cluster, and load balancers are not made twice. */
function adjusted(spec: PlaygroundCluster['spec']): PlaygroundCluster['spec'] {
  const services = (spec.services as readonly { readonly spec?: { readonly type?: string } }[] | undefined)?.filter(
    (service) => service.spec?.type !== 'LoadBalancer',
  );
  const componentSpecs = spec.componentSpecs?.map((component) => omit(component, 'offlineInstances'));
  return { ...spec, ...(services !== undefined && { services }), ...(componentSpecs !== undefined && { componentSpecs }) };
}

/** A name that is taken is no failure to the real controller: it tries again for ever. */
function createCluster(cluster: AnyObject, world: World): AnyObject {
  try {
    return world.store.create(RESOURCES.cluster, cluster);
  } catch (error) {
    if (error instanceof StatusError) throw new RetriedOpsError(error.message);
    throw error;
  }
}

function adopt(ops: PlaygroundOpsRequest, cluster: AnyObject, world: World): void {
  const { apiVersion, kind, metadata } = cluster;
  edit(world, RESOURCES.opsRequest, ops, {
    labels: { [LABEL.instance]: metadata.name, [APPS_LABEL.opsType]: 'Restore' },
    ownerReferences: [{ apiVersion, kind, name: metadata.name, uid: metadata.uid ?? '' }],
  });
}
