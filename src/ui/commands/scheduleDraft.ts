import type { MethodOption } from '../../kubeblocks/backupMethods';
import type { ClusterEntry } from '../../kubeblocks/clusterIndex';
import type { Inventory } from '../../kubeblocks/inventory';
import type { BackupPolicy, SchedulePolicy } from '../../kubeblocks/objects';
import { planSchedule, scheduleOf, type SchedulePlan } from '../../kubeblocks/schedulePlan';
import { schedulePlace } from '../../kubeblocks/schedulePlace';

/** What was answered so far about a method's schedule. */
export interface ScheduleDraft {
  readonly entry?: ClusterEntry;
  readonly policy?: BackupPolicy;
  readonly method?: MethodOption;
  readonly cron?: string;
  readonly retention?: string;
}

/** The method's item in the BackupSchedule, where there is one. */
export function itemOf({ entry, policy, method }: ScheduleDraft): SchedulePolicy | undefined {
  const schedule = entry === undefined || policy === undefined ? undefined : scheduleOf(entry, policy);
  return schedule?.spec?.schedules?.find(({ backupMethod }) => backupMethod === method?.name);
}

/** The times and the retention can be said of it: they are not the Cluster's own, and no interval. */
export function hasTimes(inventory: Inventory, { entry, policy, method }: ScheduleDraft): boolean {
  return entry !== undefined && policy !== undefined && method !== undefined && method.type !== 'Continuous' && schedulePlace(inventory, entry.cluster, policy, method.name, true).kind !== 'keptOff';
}

/** The Cluster gives the incremental its own retention. */
export function hasRetention(inventory: Inventory, draft: ScheduleDraft): boolean {
  const { entry, policy, method } = draft;
  if (!hasTimes(inventory, draft) || entry === undefined || policy === undefined || method === undefined) {
    return false;
  }
  const place = schedulePlace(inventory, entry.cluster, policy, method.name, true);
  return place.kind === 'schedule' || (place.kind === 'cluster' && place.role === 'method');
}

/** The plan for a draft whose questions are all answered. */
export function schedulePlanOf(draft: ScheduleDraft, inventory: Inventory, enabled: boolean, now: number): SchedulePlan | undefined {
  const { entry, policy, method, cron, retention } = draft;
  if (entry === undefined || policy === undefined || method === undefined) {
    return undefined;
  }
  return planSchedule(
    inventory,
    {
      entry,
      policy,
      method: method.name,
      enabled,
      ...(cron === undefined ? {} : { cronExpression: cron }),
      ...(retention === undefined ? {} : { retentionPeriod: retention }),
    },
    now,
  );
}
