import { RESOURCES } from '../resources';
import { read } from '../runtime/edits';
import type { World } from '../world';
import type { EnvVar, Pod } from '../workloads/workload';
import { actionSetOf } from './actionSet';
import { LABEL } from './names';
import type { Action, BackupSet, BackupTarget } from './shapes';
import { env } from './workerJob';

const CLUSTER_UID = 'dataprotection.kubeblocks.io/cluster-uid';

/** What the containers of a backup's worker are told (`BuildJobActionPodSpec` and `BuildEnvVarByTarget`). */
export function backupEnv(backup: BackupSet, action: Action, world: World): readonly EnvVar[] {
  const { status, spec, metadata } = backup;
  const pod = read<Pod>(world, RESOURCES.pod, { namespace: metadata.namespace ?? '', name: action.targetPodName ?? '' });
  const labels = metadata.labels ?? {};
  return [
    ...env({
      DP_BACKUP_NAME: metadata.name,
      DP_PARENT_BACKUP_NAME: status?.parentBackupName,
      DP_BASE_BACKUP_NAME: status?.baseBackupName,
      ...(status?.parentBackupName !== undefined && placeOf(status.path ?? '')),
      DP_TARGET_POD_NAME: action.targetPodName,
      DP_TARGET_POD_ROLE: pod?.metadata.labels?.[LABEL.role] ?? '',
      DP_BACKUP_BASE_PATH: status?.path,
      DP_BACKUP_INFO_FILE: '/dp-manager/backup.info',
      DP_TTL: spec?.retentionPeriod ?? '',
    }),
    ...(pod === undefined ? [] : addressOf(pod, targetOf(backup, pod))),
    ...(actionSetOf(backup, world)?.spec?.env ?? []),
    ...(spec?.parameters ?? []),
    ...(status?.backupMethod?.env ?? []),
    ...env({
      KB_CLUSTER_UID: labels[CLUSTER_UID],
      KB_CLUSTER_NAME: labels[LABEL.instance],
      KB_COMP_NAME: labels[LABEL.component] ?? labels[LABEL.sharding],
      KB_NAMESPACE: metadata.namespace,
    }),
  ];
}

/** Where an incremental backup finds the ones before it. */
function placeOf(path: string): Readonly<Record<string, string>> {
  return { DP_TARGET_RELATIVE_PATH: '', DP_BACKUP_ROOT_PATH: path.slice(0, path.lastIndexOf('/')) };
}

function targetOf({ status }: BackupSet, pod: Pod): BackupTarget | undefined {
  return status?.targets?.find(({ selectedTargetPods }) => selectedTargetPods?.includes(pod.metadata.name)) ?? status?.target;
}

interface Port {
  readonly containerPort?: number;
}

/** Where the database listens, and with which account. */
function addressOf({ metadata, spec }: Pod, target: BackupTarget | undefined): readonly EnvVar[] {
  const { hostname, subdomain } = spec as { readonly hostname?: string; readonly subdomain?: string };
  const [port] = (spec.containers[0]?.ports ?? []) as readonly Port[];
  const { secretName: name, usernameKey = 'username', passwordKey = 'password' } = target?.connectionCredential ?? {};
  const secret = (key: string) => ({ secretKeyRef: { name, key } });
  return [
    ...env({
      DP_DB_HOST: subdomain === undefined ? metadata.name : `${hostname ?? metadata.name}.${subdomain}`,
      DP_DB_PORT: port?.containerPort === undefined ? undefined : String(port.containerPort),
    }),
    ...(name === undefined
      ? []
      : [
          { name: 'DP_DB_PASSWORD', valueFrom: secret(passwordKey) },
          { name: 'DP_DB_USER', valueFrom: secret(usernameKey) },
        ]),
  ];
}
