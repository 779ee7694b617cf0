import { backupSteps } from '../kubeblocks/backupSteps';
import { componentNames } from '../kubeblocks/clusterIndex';
import type { Evidence } from '../kubeblocks/evidence';
import { LABELS } from '../kubeblocks/labels';
import type { Backup, Cluster, KubeObject, OpsRequest, Restore } from '../kubeblocks/objects';
import { restoreState } from '../kubeblocks/restoreState';
import { EvidenceCollector } from './evidenceCollector';
import type { OperationDeps } from './ports';
import { waitsForSnapshots } from './snapshotErrors';

/** The label that ties jobs and pods to a restore (`pkg/dataprotection/types/constant.go`). */
const RESTORE_LABEL = 'dataprotection.kubeblocks.io/restore';

/**
 * Everything that may say why a backup failed: its jobs, their pods (three at most), the last lines of their logs, and
 * events. What cannot be read is listed in `missing`, never thrown. Credentials in logs are struck out.
 */
export async function collectBackupEvidence(deps: OperationDeps, backup: Backup, signal?: AbortSignal): Promise<Evidence> {
  const namespaces = new Set([backup.metadata.namespace, ...backupSteps(backup).map(({ workload }) => workload?.namespace)]);
  const collector = new EvidenceCollector(deps, signal);
  await collector.objectEvents('Backup', backup.metadata.name, backup.metadata.namespace);
  for (const namespace of namespaces) {
    if (namespace !== undefined) {
      await collector.workloads(`${LABELS.backupName}=${backup.metadata.name}`, namespace);
    }
  }
  if (backup.metadata.deletionTimestamp !== undefined && backup.metadata.namespace !== undefined) {
    await collector.namespaceOfDeleted(backup.metadata.namespace);
  }
  if (waitsForSnapshots(backup)) {
    await collector.snapshots(backup);
  }
  if (hasNoTarget(backup) || isKeptOff(collector.evidence())) {
    await collector.targetPods(backup);
  }
  return collector.evidence();
}

/** Whether KubeBlocks found no pod to back up (`GetTargetPods` in `pkg/dataprotection/backup`): the reason stands with the database's pods. */
function hasNoTarget({ status }: Backup): boolean {
  return status?.phase === 'Failed' && /target pods/.test(status.failureReason ?? '');
}

/** Whether a taint keeps a pod from every node: it may be that of a node that stopped, which the database's pods say. */
function isKeptOff({ pods }: Evidence): boolean {
  return pods.some(({ reasons }) => reasons.some((reason) => /^Unschedulable:.*untolerated taint/.test(reason)));
}

/** The same for a Restore object. */
export async function collectRestoreEvidence(deps: OperationDeps, restore: KubeObject, signal?: AbortSignal): Promise<Evidence> {
  const collector = new EvidenceCollector(deps, signal);
  const { name, namespace } = restore.metadata;
  await collector.objectEvents('Restore', name, namespace);
  if (namespace !== undefined) {
    await collector.workloads(`${RESTORE_LABEL}=${name}`, namespace);
  }
  return collector.evidence();
}

/** What the jobs of pre-checks are called (`backuprepo_controller.go`); nothing else that bears the repository's label is of its check. */
const PRE_CHECK = /^pre-check-/;

/**
 * The same for a repository: the job of its pre-check lies where KubeBlocks is installed, and is gone once it has failed; its
 * log then stands in the repository's condition.
 */
export async function collectRepositoryEvidence(deps: OperationDeps, repo: KubeObject, signal?: AbortSignal): Promise<Evidence> {
  const collector = new EvidenceCollector(deps, signal);
  const { name } = repo.metadata;
  await collector.objectEvents('BackupRepo', name, undefined);
  await collector.jobsEverywhere(`${LABELS.backupRepo}=${name}`, PRE_CHECK);
  return collector.evidence();
}

/** The same for a schedule: its events, and those of the CronJobs that KubeBlocks makes of its lines. */
export async function collectScheduleEvidence(deps: OperationDeps, { metadata: { name, namespace = '' } }: KubeObject, signal?: AbortSignal): Promise<Evidence> {
  const collector = new EvidenceCollector(deps, signal);
  await collector.objectEvents('BackupSchedule', name, namespace);
  await collector.cronJobs(`${LABELS.backupSchedule}=${name}`, namespace);
  return collector.evidence();
}

/**
 * The same for a cluster that is being restored, and for the request that asked for it: the components' events say what
 * no status does, and the claims whether they were filled.
 */
export async function collectClusterEvidence(
  deps: OperationDeps,
  about: { readonly namespace: string; readonly ops: OpsRequest | undefined; readonly cluster: Cluster | undefined; readonly restores: readonly Restore[] },
  signal?: AbortSignal,
): Promise<Evidence> {
  const { namespace, ops, cluster, restores } = about;
  const collector = new EvidenceCollector(deps, signal);
  if (ops !== undefined) {
    await collector.objectEvents('OpsRequest', ops.metadata.name, namespace);
  }
  if (cluster !== undefined) {
    const { name } = cluster.metadata;
    await collector.objectEvents('Cluster', name, namespace);
    for (const component of componentNames(cluster)) {
      await collector.objectEvents('Component', `${name}-${component}`, namespace);
    }
    await collector.claims(`${LABELS.instance}=${name}`, namespace);
  }
  for (const restore of restores.filter((each) => restoreState(each) !== 'completed')) {
    await collector.objectEvents('Restore', restore.metadata.name, namespace);
    await collector.workloads(`${RESTORE_LABEL}=${restore.metadata.name}`, namespace);
  }
  return collector.evidence();
}
