import * as l10n from '@vscode/l10n';
import type { ClusterEntry } from '../../kubeblocks/clusterIndex';
import type { BackupPolicy, Cluster } from '../../kubeblocks/objects';
import { refOf, type ObjectRef } from '../objectRef';

export interface LogBackupCure {
  /** Why a log backup is not taken by hand, and how one is had. */
  readonly message: string;
  /** Where it is switched on, or shown to be. */
  readonly look: { readonly label: string; readonly ref: ObjectRef } | undefined;
}

/**
 * What to do where a log backup was chosen: KubeBlocks runs it by schedule, without an end. A Cluster that has `spec.backup`
 * writes its schedule anew, so it is switched on there.
 */
export function logBackupCure(entry: ClusterEntry, policy: BackupPolicy, method: string): LogBackupCure {
  const schedule = entry.schedules.find(({ spec }) => spec?.backupPolicyName === policy.metadata.name && spec.schedules?.some(({ backupMethod }) => backupMethod === method));
  const item = schedule?.spec?.schedules?.find(({ backupMethod }) => backupMethod === method);
  if (schedule !== undefined && item?.enabled === true) {
    const message = l10n.t('{0} runs all the time, by schedule {1}. There is nothing to start by hand.', method, schedule.metadata.name);
    return { message, look: lookAtSchedule(schedule.metadata.name, refOf('backupSchedule', schedule)) };
  }
  if (isManagedBy(entry.cluster)) {
    const message = l10n.t('{0} runs by schedule only. To switch it on, set spec.backup.pitrEnabled of Cluster {1} to true.', method, entry.name);
    return { message, look: { label: l10n.t('Show the YAML of cluster {0}', entry.name), ref: refOf('cluster', entry.cluster) } };
  }
  if (schedule !== undefined) {
    const message = l10n.t('{0} runs by schedule only. To switch it on, set enabled to true for it in BackupSchedule {1}.', method, schedule.metadata.name);
    return { message, look: lookAtSchedule(schedule.metadata.name, refOf('backupSchedule', schedule)) };
  }
  const message = l10n.t('{0} runs by schedule only. To switch it on, add it to a BackupSchedule of policy {1}, enabled.', method, policy.metadata.name);
  return { message, look: { label: l10n.t('Show the YAML of policy {0}', policy.metadata.name), ref: refOf('backupPolicy', policy) } };
}

function lookAtSchedule(name: string, ref: ObjectRef): NonNullable<LogBackupCure['look']> {
  return { label: l10n.t('Show the YAML of schedule {0}', name), ref };
}

function isManagedBy(cluster: Cluster | undefined): cluster is Cluster {
  return cluster?.spec?.backup !== undefined;
}
