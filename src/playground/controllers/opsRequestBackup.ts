import type { Backup, BackupPolicy } from '../../kubeblocks/objects';
import { apiVersionOf } from '../../kubeblocks/resource';
import { RESOURCES } from '../resources';
import { read, readAll, withoutUndefined } from '../runtime/edits';
import type { World } from '../world';
import { APPS_ANNOTATION, APPS_LABEL } from './clusterNames';
import { LABEL } from './names';
import { FatalOpsError, RetriedOpsError, type PlaygroundOpsRequest } from './opsRequestShapes';

/** Creates the Backup that the request asks for (`pkg/operations/backup.go`). */
export function startBackup(ops: PlaygroundOpsRequest, world: World): void {
  const { namespace = '', name: opsName } = ops.metadata;
  const cluster = ops.spec.clusterName ?? '';
  if (backupOfOps(ops, world) !== undefined) return;
  const { backupName = '', backupPolicyName, backupMethod, ...options } = ops.spec.backup ?? {};
  const policy = findPolicy(namespace, cluster, backupPolicyName, world);
  world.store.create(RESOURCES.backup, {
    apiVersion: apiVersionOf(RESOURCES.backup),
    kind: 'Backup',
    metadata: {
      name: backupName === '' ? `backup-${namespace}-${cluster}-${digits(world.clock.timestamp())}` : backupName,
      namespace,
      labels: { [LABEL.instance]: cluster, [APPS_LABEL.opsName]: opsName, [APPS_LABEL.opsType]: 'Backup' },
    },
    spec: withoutUndefined({
      backupPolicyName: policy.metadata.name,
      backupMethod: findMethod(policy, backupMethod),
      deletionPolicy: options.deletionPolicy,
      retentionPeriod: options.retentionPeriod,
      parentBackupName: options.parentBackupName,
      parameters: options.parameters,
    }),
  });
}

/** True once the backup is Completed. */
export function isBackupDone(ops: PlaygroundOpsRequest, world: World): boolean {
  const phase = backupOfOps(ops, world)?.status?.phase;
  if (phase === 'Failed') throw new FatalOpsError('backup failed');
  return phase === 'Completed';
}

function backupOfOps({ metadata }: PlaygroundOpsRequest, world: World): Backup | undefined {
  const labels = { [APPS_LABEL.opsName]: metadata.name, [APPS_LABEL.opsType]: 'Backup' };
  return readAll<Backup>(world, RESOURCES.backup, { namespace: metadata.namespace ?? '', labels })[0];
}

/** Without a name: the cluster's one default policy. */
function findPolicy(namespace: string, cluster: string, wanted: string | undefined, world: World): BackupPolicy {
  if (wanted !== undefined && wanted !== '') {
    const policy = read<BackupPolicy>(world, RESOURCES.backupPolicy, { namespace, name: wanted });
    if (policy === undefined) throw new RetriedOpsError(`BackupPolicy.dataprotection.kubeblocks.io "${wanted}" not found`);
    return policy;
  }
  const defaults = readAll<BackupPolicy>(world, RESOURCES.backupPolicy, { namespace, labels: { [LABEL.instance]: cluster } }).filter(
    ({ metadata, status }) => metadata.annotations?.[APPS_ANNOTATION.defaultPolicy] === 'true' && status?.phase === 'Available',
  );
  const [only] = defaults;
  if (only === undefined) throw new RetriedOpsError(`not found any default backup policy for cluster ${cluster}`);
  if (defaults.length > 1) throw new RetriedOpsError(`cluster ${cluster} has multiple default backup policies`);
  return only;
}

/** Without a name: a method that snapshots volumes, the last one of the policy. */
function findMethod({ spec }: BackupPolicy, wanted: string | undefined): string {
  const methods = spec?.backupMethods ?? [];
  if (wanted !== undefined && wanted !== '') {
    if (methods.some(({ name }) => name === wanted)) return wanted;
    throw new RetriedOpsError(`backup method ${wanted} is not supported, please check cluster's backup policy`);
  }
  const snapshot = methods.filter(({ snapshotVolumes }) => snapshotVolumes === true).at(-1);
  if (snapshot === undefined) throw new RetriedOpsError('failed to find default backup method');
  return snapshot.name;
}

function digits(timestamp: string): string {
  return timestamp.replace(/\D/g, '');
}
