import { parseRetention } from '../../kubeblocks/retention';
import type { KubeObject } from '../../kubeblocks/objects';
import { clusterAsThen } from '../legacy/legacyCluster';
import { RESOURCES } from '../resources';
import { formatTimestamp } from '../runtime/clock';
import { edit, patchStatus } from '../runtime/edits';
import type { World } from '../world';
import { initialActions } from './backupActions';
import type { PreparedBackup } from './backupPreparation';
import { isPreparedIn } from './backupRepoNamespaces';
import { hasSeveralTargets } from './backupTargets';
import { jobNameOf, jobNamespaceOf, snapshotName } from './backupWorkers';
import { encryptedAccountsOf } from './encryptedAccounts';
import { Failure } from './failure';
import { traitsOf } from './lineTraits';
import { ANNOTATION, FINALIZER, LABEL, MANAGED_BY } from './names';
import type { Action, BackupSet } from './shapes';

/** Metadata first: labels of the target pod, snapshot of the cluster, finalizer (`PatchBackupObjectMeta`). */
export function writeMetadata(backup: BackupSet, prepared: PreparedBackup, world: World): BackupSet {
  const { repo, policy, type } = prepared;
  const podLabels = prepared.targets[0]?.pods[0]?.metadata.labels ?? {};
  const namespace = backup.metadata.namespace ?? '';
  const cluster = world.store.get(RESOURCES.cluster, { namespace, name: podLabels[LABEL.instance] ?? '' });
  const mustWait = repo !== undefined && !isPreparedIn(repo, namespace, world);
  return edit(world, RESOURCES.backup, backup, {
    addFinalizer: FINALIZER,
    labels: {
      [LABEL.instance]: podLabels[LABEL.instance],
      [LABEL.component]: podLabels[LABEL.component],
      ...((podLabels[LABEL.sharding] !== undefined || traitsOf(world).labelsNoSharding) && { [LABEL.sharding]: podLabels[LABEL.sharding] ?? '' }),
      [LABEL.managedBy]: backup.metadata.labels?.[LABEL.managedBy] ?? MANAGED_BY,
      [LABEL.backupPolicy]: policy.metadata.name,
      [LABEL.backupType]: type,
      ...(cluster?.metadata.uid === undefined ? {} : { [LABEL.clusterUid]: cluster.metadata.uid }),
      ...(repo === undefined ? {} : { [LABEL.repoName]: repo.metadata.name }),
      ...(mustWait ? { [LABEL.waitRepo]: 'true' } : {}),
    },
    annotations: {
      ...(cluster === undefined ? {} : { [ANNOTATION.clusterSnapshot]: clusterSnapshot(world.line === '0.9' ? clusterAsThen(cluster) : cluster) }),
      ...encryptedAccounts(backup, podLabels[LABEL.instance] ?? '', world),
    },
  });
}

function clusterSnapshot(cluster: KubeObject & { readonly spec?: unknown }): string {
  const { name, namespace, annotations = {} } = cluster.metadata;
  const kept = Object.entries(annotations).filter(
    ([key]) => key !== 'kubectl.kubernetes.io/last-applied-configuration' && key !== 'kubeblocks.io/ops-request',
  );
  const metadata = { name, namespace, creationTimestamp: null, ...(kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) }) };
  return JSON.stringify({ metadata, spec: cluster.spec, status: {} });
}

/** Written once; the real controller encrypts them anew each time it looks. */
function encryptedAccounts(backup: BackupSet, cluster: string, world: World): Readonly<Record<string, string>> {
  if (backup.metadata.annotations?.[ANNOTATION.encryptedAccounts] !== undefined) return {};
  const accounts = encryptedAccountsOf(backup.metadata.namespace ?? '', cluster, world);
  return accounts === undefined ? {} : { [ANNOTATION.encryptedAccounts]: accounts };
}

/** Then the status, in one write: phase Running with every action New; or Failed where the retention cannot be read. */
export function writeStart(backup: BackupSet, prepared: PreparedBackup, world: World): BackupSet {
  const { method, repo, parentage } = prepared;
  const now = world.clock.now();
  const status = {
    formatVersion: '0.1.0',
    phase: 'Running',
    startTimestamp: formatTimestamp(now),
    backupMethod: method,
    ...(repo === undefined
      ? {}
      : {
          backupRepoName: repo.metadata.name,
          path: pathOf(backup, prepared),
          ...(repo.spec?.accessMethod === 'Tool' ? {} : { persistentVolumeClaimName: repo.status?.backupPVCName }),
        }),
    ...targetStatus(prepared),
    actions: traitsOf(world).namesWorkAtOnce ? initialActions(prepared, world).map((action) => withReference(backup, action, prepared)) : initialActions(prepared, world),
    ...parentage,
  };
  const retention = retentionOf(backup);
  if (!retention.ok) {
    const message = `failed to parse retention period ${backup.spec?.retentionPeriod ?? ''}, ${retention.error}`;
    patchStatus(world, RESOURCES.backup, backup, { ...status, phase: 'Failed', failureReason: message });
    throw new Failure(message);
  }
  const expires = retention.ms !== 0 && prepared.type !== 'Continuous';
  return patchStatus(world, RESOURCES.backup, backup, { ...status, ...(expires ? { expiration: formatTimestamp(now + retention.ms) } : {}) });
}

/** What will do the action's work, before that is there. */
function withReference(backup: BackupSet, action: Action, { actionSet, method }: PreparedBackup): Action {
  const namespace = backup.metadata.namespace ?? '';
  if (action.actionType === 'Job') {
    const job = { apiVersion: 'batch/v1', kind: 'Job', name: jobNameOf(backup, action), namespace: jobNamespaceOf(backup, action, actionSet) };
    return { ...action, objectRef: job };
  }
  if (action.actionType === 'StatefulSet') {
    return { ...action, objectRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: backup.metadata.name, namespace } };
  }
  const [volume = ''] = method.targetVolumes?.volumes ?? [];
  return { ...action, objectRef: { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshot', name: snapshotName(backup, action, volume), namespace } };
}

function targetStatus(prepared: PreparedBackup): object {
  const targets = prepared.targets.map(({ target, pods }) => ({
    ...target,
    selectedTargetPods: pods.map(({ metadata }) => metadata.name),
  }));
  return hasSeveralTargets(prepared.policy, prepared.method) ? { targets } : { target: targets[0] };
}

/** `/<repository prefix>/<namespace>/<policy prefix>/<backup>`. */
function pathOf(backup: BackupSet, { repo, policy }: PreparedBackup): string {
  const parts = [repo?.spec?.pathPrefix, backup.metadata.namespace, policy.spec?.pathPrefix, backup.metadata.name];
  return `/${parts.flatMap((part) => (part ?? '').split('/')).filter((part) => part !== '').join('/')}`;
}

function retentionOf(backup: BackupSet): ReturnType<typeof parseRetention> {
  return parseRetention(backup.spec?.retentionPeriod ?? '', { allowNegative: true });
}

/** When a backup that ended at `endMs` expires; undefined keeps it for ever. */
export function expirationOf(backup: BackupSet, endMs: number): string | undefined {
  const retention = retentionOf(backup);
  return retention.ok && retention.ms !== 0 ? formatTimestamp(endMs + retention.ms) : undefined;
}
