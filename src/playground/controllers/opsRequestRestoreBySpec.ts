import type { Backup } from '../../kubeblocks/objects';
import { apiVersionOf } from '../../kubeblocks/resource';
import { RESOURCES } from '../resources';
import { edit, withoutUndefined } from '../runtime/edits';
import type { World } from '../world';
import { APPS_ANNOTATION, APPS_LABEL } from './clusterNames';
import type { PlaygroundCluster } from './clusterShapes';
import { LABEL } from './names';
import { FatalOpsError, type PlaygroundOpsRequest } from './opsRequestShapes';
import { BACKUP_GROUP } from './restoreIntent';
import { RESTORE_PARAMETER } from './restoreParameters';

/** What the new Cluster is made from. */
export interface RestoredSpec {
  readonly restoreTime: string | undefined;
  readonly spec: PlaygroundCluster['spec'];
}

/** Creates the new Cluster with `spec.restore`, as the 1.2 line does; a name that is taken is the end of it. */
export function startRestoreBySpec(ops: PlaygroundOpsRequest, backup: Backup, { restoreTime, spec }: RestoredSpec, world: World): void {
  const { namespace = '', name: opsName, uid = '' } = ops.metadata;
  const name = ops.spec.clusterName ?? '';
  if (world.store.get(RESOURCES.cluster, { namespace, name }) !== undefined) {
    throw new FatalOpsError(`target cluster ${namespace}/${name} already exists and is not owned by OpsRequest ${namespace}/${opsName}`);
  }
  world.store.create(RESOURCES.cluster, {
    apiVersion: apiVersionOf(RESOURCES.cluster),
    kind: 'Cluster',
    metadata: {
      name,
      namespace,
      labels: { [LABEL.instance]: name, [APPS_LABEL.opsName]: opsName, [APPS_LABEL.opsNamespace]: namespace, [APPS_LABEL.opsType]: 'Restore' },
      annotations: {
        [APPS_ANNOTATION.legacyConfig]: 'false',
        [APPS_ANNOTATION.opsRequest]: JSON.stringify([{ name: opsName, type: 'Restore' }]),
        [APPS_ANNOTATION.opsUid]: uid,
      },
    },
    spec: { ...spec, restore: restoreOf(ops, backup, restoreTime) },
  });
  edit(world, RESOURCES.opsRequest, ops, { labels: { [LABEL.instance]: name, [APPS_LABEL.opsType]: 'Restore' } });
}

function restoreOf({ spec }: PlaygroundOpsRequest, { metadata }: Backup, pitr: string | undefined): object {
  const { restore } = spec;
  const own = Object.fromEntries((restore?.parameters ?? []).map(({ name, value }) => [name, value]));
  return withoutUndefined({
    source: { apiGroup: BACKUP_GROUP, kind: 'Backup', name: metadata.name, namespace: metadata.namespace ?? '' },
    pitr,
    parameters: withoutUndefined({
      ...own,
      [RESTORE_PARAMETER.volumePolicy]: restore?.volumeRestorePolicy ?? 'Parallel',
      [RESTORE_PARAMETER.env]: restore?.env === undefined ? undefined : JSON.stringify(restore.env),
      [RESTORE_PARAMETER.deferPostReady]: restore?.deferPostReadyUntilClusterRunning === true ? 'true' : undefined,
    }),
  });
}

/** What the new Cluster says of its restore; one that failed ends the request with it. */
export function outcomeOf(cluster: PlaygroundCluster | undefined): 'done' | 'waiting' {
  const restore = cluster?.status?.conditions?.find(({ type }) => type === 'Restore');
  if (restore?.status === 'False') throw new FatalOpsError(`restore failed: ${restore.message ?? ''}`);
  return restore?.status === 'True' ? 'done' : 'waiting';
}
