import * as l10n from '@vscode/l10n';
import { createdAt } from './backupState';
import type { ClusterEntry } from './clusterIndex';
import { isCronError, nextRuns, parseCron } from './cron';
import { objectKey, type Inventory } from './inventory';
import type { SchedulePolicy } from './objects';
import type { ScheduleRow } from './schedules';
import { schedulePlace } from './schedulePlace';

type ClusterBackup = NonNullable<NonNullable<NonNullable<ClusterEntry['cluster']>['spec']>['backup']>;

/** Where a line of a schedule is not as its Cluster says, which KubeBlocks writes again with the next reconcile. */
export function scheduleDrift(inventory: Inventory, { cluster, name }: ClusterEntry, { schedule, item }: ScheduleRow): string | undefined {
  const policy = inventory.policies.items.get(objectKey(schedule.metadata.namespace, schedule.spec?.backupPolicyName ?? ''));
  const backup = cluster?.spec?.backup;
  if (policy === undefined || backup === undefined) {
    return undefined;
  }
  const on = item.enabled === true;
  const place = schedulePlace(inventory, { cluster, policy, schedule, method: item.backupMethod, wanted: on });
  switch (place.kind) {
    case 'schedule':
    case 'noLine':
      return undefined;
    case 'keptOff':
      return l10n.t('cluster {0} keeps it off', name);
    case 'cluster': {
      const other = differences(place.role, backup, item);
      return other.length === 0 ? undefined : l10n.t('cluster {0} says {1}', name, other.join(', '));
    }
  }
}

function differences(role: 'method' | 'log' | 'incremental', backup: ClusterBackup, item: SchedulePolicy): readonly string[] {
  const on = item.enabled === true;
  switch (role) {
    case 'method':
      return [...switchedWords(backup.enabled, on), ...otherText(backup.cronExpression, item.cronExpression), ...otherText(backup.retentionPeriod, item.retentionPeriod)];
    case 'incremental':
      return [...switchedWords(backup.incrementalBackupEnabled, on), ...otherText(backup.incrementalCronExpression, item.cronExpression)];
    case 'log': {
      const { pitrEnabled, continuousMethod = '' } = backup;
      const isNamed = continuousMethod === '' || continuousMethod === item.backupMethod;
      return switchedWords(pitrEnabled === undefined ? undefined : pitrEnabled && isNamed, on);
    }
  }
}

function switchedWords(wanted: boolean | undefined, on: boolean): readonly string[] {
  return wanted === undefined || wanted === on ? [] : [wanted ? l10n.t('on') : l10n.t('off')];
}

/** Of what is empty the controller takes no notice. */
function otherText(wanted: string | undefined, is: string | undefined): readonly string[] {
  return wanted === undefined || wanted === '' || wanted === is ? [] : [wanted];
}

/** A run may begin late: its pod has to be scheduled. */
const LATE = 10 * 60_000;
/** More than these are told as these. */
export const MANY_RUNS = 30;

/**
 * Runs that were due since the newest backup that the line made, and made none: they were missed, or the line was off
 * meanwhile, which no object tells. None where it never made one, at most `MANY_RUNS`.
 */
export function runsWithoutBackup({ on, continuous, item, last }: ScheduleRow, now: number): number {
  const cron = parseCron(item.cronExpression);
  if (!on || continuous || last === undefined || isCronError(cron)) {
    return 0;
  }
  return nextRuns(cron, createdAt(last), MANY_RUNS).filter((at) => at <= now - LATE).length;
}
