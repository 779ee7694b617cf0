import * as l10n from '@vscode/l10n';
import type { ClusterEntry } from '../../kubeblocks/clusterIndex';
import type { BackupPolicy } from '../../kubeblocks/objects';
import { lineFor } from '../../kubeblocks/schedulePlan';
import type { CommandAction } from '../commandError';
import { refOf } from '../objectRef';

export interface LogBackupCure {
  /** Why a log backup is not taken by hand, and how one is had. */
  readonly message: string;
  /** Where it is switched on, or shown to be. */
  readonly action: CommandAction;
}

/** What to do where a log backup was chosen: KubeBlocks runs it by schedule, without an end. */
export function logBackupCure(entry: ClusterEntry, policy: BackupPolicy, method: string): LogBackupCure {
  const { schedule, item } = lineFor(entry, policy, method);
  if (schedule !== undefined && item?.enabled === true) {
    const { name } = schedule.metadata;
    const action = { label: l10n.t('Show the YAML of schedule {0}', name), command: 'kubeblocksBackup.showYaml', arguments: [refOf('backupSchedule', schedule)] };
    return { message: l10n.t('{0} runs all the time, by schedule {1}. There is nothing to start by hand.', method, name), action };
  }
  const action = { label: l10n.t('Turn Log Backup On…'), command: 'kubeblocksBackup.turnLogBackupOn', arguments: [refOf('backupPolicy', policy)] };
  return { message: l10n.t('{0} runs by schedule only. Once turned on, it archives until it is turned off.', method), action };
}
