import type { AnyObject } from '../../kubeblocks/objects';
import { parseRetention } from '../../kubeblocks/retention';
import { RESOURCES } from '../resources';
import { controllerOf, read } from '../runtime/edits';
import type { World } from '../world';
import type { Container, EnvVar, Pod, Volume } from '../workloads/workload';
import { actionSetOf } from './actionSet';
import { claimsOf, snapshotClassOf } from './backupActions';
import { backupEnv } from './backupEnv';
import {
  cutName,
  EXEC_WORKER_SERVICE_ACCOUNT,
  FINALIZER,
  LABEL,
  MANAGED_BY,
  OPERATOR_NAMESPACE,
  shortUid,
  TOOLS_IMAGE,
} from './names';
import type { Action, Actions, BackupSet, Hook, Policy, Repo } from './shapes';
import { AS_ROOT, env, workerJob } from './workerJob';

const NOT_PASSED_ON = new Set<string>([LABEL.component, LABEL.sharding, LABEL.waitRepo]);

/** Labels of everything made for a backup: the backup's own, and its name. */
export function workerLabels({ metadata }: BackupSet): Readonly<Record<string, string>> {
  const passedOn = Object.entries(metadata.labels ?? {}).filter(([label, value]) => value === '' || !NOT_PASSED_ON.has(label));
  return { ...Object.fromEntries(passedOn), [LABEL.managedBy]: MANAGED_BY, [LABEL.backupName]: metadata.name };
}

/** `<action>-<backup>-<uid8>`, cut to 63 characters. */
export function jobNameOf(backup: BackupSet, action: Action): string {
  return cutName(`${action.name}-${backup.metadata.name}-${shortUid(backup)}`);
}

/** Hooks that run a command inside the target pod do so from a job beside the operator. */
export function jobNamespaceOf(backup: BackupSet, action: Action, actionSet: Actions | undefined): string {
  return hookOf(action, actionSet)?.exec === undefined ? (backup.metadata.namespace ?? '') : OPERATOR_NAMESPACE;
}

/** The Job of one action of a backup. */
export function backupJob(backup: BackupSet, action: Action, world: World): AnyObject {
  const actionSet = actionSetOf(backup, world);
  const hook = hookOf(action, actionSet);
  const common = {
    name: jobNameOf(backup, action),
    namespace: jobNamespaceOf(backup, action, actionSet),
    owner: backup,
    labels: workerLabels(backup),
    hasFinalizer: true,
    backoffLimit: backoffLimitOf(backup, world),
    namesTemplate: true,
  };
  if (hook?.exec !== undefined) {
    const command = ['kubectl', '-n', backup.metadata.namespace ?? '', 'exec', action.targetPodName ?? '', '--', ...hook.exec.command];
    const labels = { ...common.labels, 'dataprotection.kubeblocks.io/backup-namespace': backup.metadata.namespace ?? '' };
    const containers = [{ name: action.name.slice(3), image: TOOLS_IMAGE, command }];
    return workerJob({ ...common, labels, containers, serviceAccount: EXEC_WORKER_SERVICE_ACCOUNT });
  }
  const data = hook?.job ?? actionSet?.spec?.backup?.backupData ?? { image: TOOLS_IMAGE, command: ['true'] };
  const isData = hook === undefined;
  const { volumeMounts, ...access } = storageAccess(backup, action, world);
  const variables = backupEnv(backup, action, world);
  const main: Container = { name: isData ? 'backupdata' : action.name.slice(3), ...imageAndCommand(data), env: variables, volumeMounts };
  const { enabled = false, intervalSeconds = 5 } = actionSet?.spec?.backup?.backupData?.syncProgress ?? {};
  const waits = { name: 'DP_CHECK_INTERVAL', value: String(intervalSeconds > 0 ? intervalSeconds : 5) };
  const manager: Container = { name: 'manager', image: TOOLS_IMAGE, command: ['sh', '-c'], args: [managerScript(enabled)], env: [...variables, waits], volumeMounts };
  return workerJob({ ...common, ...access, containers: isData ? [main, manager] : [main], security: AS_ROOT });
}

/** The StatefulSet that archives logs for a continuous backup; it has the backup's name. */
export function backupStatefulSet(backup: BackupSet, action: Action, intervalSeconds: number, world: World): AnyObject {
  const labels = workerLabels(backup);
  const { namespace = '', name } = backup.metadata;
  const job = backupJob(backup, action, world) as AnyObject & { spec: { template: { spec: { containers: readonly Container[] } } } };
  const { containers, ...podSpec } = job.spec.template.spec;
  const withInterval = containers.map((container) =>
    container.name === 'manager' ? container : { ...container, env: [...(container.env ?? []), ...archiveEnv(backup, intervalSeconds)] },
  );
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, namespace, labels, ownerReferences: [controllerOf(backup)], finalizers: [FINALIZER] },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { ...podSpec, restartPolicy: 'Always', containers: withInterval } },
    },
  };
}

function archiveEnv({ spec }: BackupSet, intervalSeconds: number): readonly EnvVar[] {
  const retention = parseRetention(spec?.retentionPeriod ?? '');
  return env({
    DP_ARCHIVE_INTERVAL: `${String(intervalSeconds)}s`,
    DP_TTL_SECONDS: retention.ok && retention.ms > 0 ? String(retention.ms / 1000) : undefined,
  });
}

/** Of the snapshot an action makes of a volume. */
export function snapshotName({ metadata }: BackupSet, { name }: Action, volume: string): string {
  return cutName(`${metadata.name}-${name.split('-').at(-1) ?? '0'}-${volume}`);
}

/** One VolumeSnapshot for each claim: `<backup>-<pod index>-<volume>`. */
export function volumeSnapshots(backup: BackupSet, action: Action, world: World): readonly AnyObject[] {
  const pod = targetPod(backup, action, world);
  if (pod === undefined) return [];
  const volumes = backup.status?.backupMethod?.targetVolumes?.volumes ?? [];
  return claimsOf(pod, volumes, world).map(({ volume, claim }) => ({
    apiVersion: 'snapshot.storage.k8s.io/v1',
    kind: 'VolumeSnapshot',
    metadata: {
      name: snapshotName(backup, action, volume),
      namespace: backup.metadata.namespace ?? '',
      labels: workerLabels(backup),
      ownerReferences: [controllerOf(backup)],
      finalizers: [FINALIZER],
    },
    spec: {
      source: { persistentVolumeClaimName: claim.metadata.name },
      volumeSnapshotClassName: snapshotClassOf(claim, world),
    },
  }));
}

function hookOf(action: Action, actionSet: Actions | undefined): Hook | undefined {
  const [, stage, index] = /^dp-(prebackup|postbackup)-(?:.+-)?(\d+)-\d+$/.exec(action.name) ?? [];
  const hooks = stage === 'prebackup' ? actionSet?.spec?.backup?.preBackup : actionSet?.spec?.backup?.postBackup;
  return stage === undefined ? undefined : hooks?.[Number(index)];
}

function imageAndCommand({ image, command }: { readonly image: string; readonly command: readonly string[] }): Pick<Container, 'image' | 'command'> {
  return { image, command };
}

function backoffLimitOf(backup: BackupSet, world: World): number {
  const ref = { namespace: backup.metadata.namespace ?? '', name: backup.spec?.backupPolicyName ?? '' };
  return read<Policy>(world, RESOURCES.backupPolicy, ref)?.spec?.backoffLimit ?? 2;
}

function targetPod(backup: BackupSet, action: Action, world: World): Pod | undefined {
  return read<Pod>(world, RESOURCES.pod, { namespace: backup.metadata.namespace ?? '', name: action.targetPodName ?? '' });
}

interface StorageAccess {
  readonly volumes: readonly Volume[];
  readonly volumeMounts: readonly object[];
  readonly toolConfigSecret?: string | undefined;
  readonly nodeName?: string | undefined;
  readonly tolerations?: unknown;
}

/** The way to the repository, and the target's volumes where the action runs beside them. */
function storageAccess(backup: BackupSet, action: Action, world: World): StorageAccess {
  const pod = targetPod(backup, action, world);
  const { volumes = [], volumeMounts = [] } = backup.status?.backupMethod?.targetVolumes ?? {};
  const names = [...volumes, ...volumeMounts.map(({ name }) => name)];
  const isBeside = actionSetOf(backup, world)?.spec?.backup?.backupData?.runOnTargetPodNode === true && pod !== undefined;
  const mounted = isBeside ? claimsOf(pod, names, world) : [];
  const repo = read<Repo>(world, RESOURCES.backupRepo, { name: backup.status?.backupRepoName ?? '' });
  const own: readonly Volume[] = [
    { name: 'manager-shared-volume', emptyDir: {} },
    ...mounted.map(({ volume, claim }) => ({ name: volume, persistentVolumeClaim: { claimName: claim.metadata.name } })),
  ];
  const mounts = [{ name: 'manager-shared-volume', mountPath: '/dp-manager' }, ...volumeMounts.filter(({ name }) => mounted.some(({ volume }) => volume === name))];
  const common = { volumeMounts: mounts, ...(isBeside && { nodeName: pod.spec.nodeName, tolerations: pod.spec.tolerations }) };
  const claim = backup.status?.persistentVolumeClaimName;
  if (claim === undefined) return { ...common, volumes: own, toolConfigSecret: repo?.status?.toolConfigSecretName };
  return {
    ...common,
    volumes: [...own, { name: 'dp-backup-data', persistentVolumeClaim: { claimName: claim } }],
    volumeMounts: [...mounts, { name: 'dp-backup-data', mountPath: '/backupdata' }],
  };
}

/** The sidecar that writes what the backup found out; with progress it does so while the backup runs. */
function managerScript(isProgressing: boolean): string {
  const once = 'until [ -f "$DP_BACKUP_INFO_FILE" ]; do\n  sleep "$DP_CHECK_INTERVAL"\ndone\nsync-backup-status\n';
  return isProgressing ? `while sleep "$DP_CHECK_INTERVAL"; do\n  sync-backup-status\n  [ -f "$DP_BACKUP_INFO_FILE" ] && break\ndone\n` : once;
}
