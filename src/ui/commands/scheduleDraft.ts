import type { MethodOption } from '../../kubeblocks/backupMethods';
import type { ClusterEntry } from '../../kubeblocks/clusterIndex';
import type { Inventory } from '../../kubeblocks/inventory';
import type { BackupPolicy, SchedulePolicy } from '../../kubeblocks/objects';
import { lineFor, planSchedule, type SchedulePlan, type ScheduleRequest } from '../../kubeblocks/schedulePlan';
import { schedulePlace, type SchedulePlace } from '../../kubeblocks/schedulePlace';

/** What was answered so far about a method's schedule. */
export interface ScheduleDraft {
  readonly entry?: ClusterEntry;
  readonly policy?: BackupPolicy;
  /** The BackupSchedule that the command was called on. */
  readonly schedule?: string;
  readonly method?: MethodOption;
  /** Which line, where the method has several, or the command was called on a schedule. */
  readonly line?: ScheduleRequest['line'];
  readonly cron?: string;
  readonly retention?: string;
}

/** The method's line in a BackupSchedule, where there is one. */
export function itemOf({ entry, policy, method, line }: ScheduleDraft): SchedulePolicy | undefined {
  return entry === undefined || policy === undefined || method === undefined ? undefined : lineFor(entry, policy, method.name, line).item;
}

function placeOf(inventory: Inventory, { entry, policy, method, line }: ScheduleDraft): SchedulePlace | undefined {
  if (entry === undefined || policy === undefined || method === undefined) {
    return undefined;
  }
  const { schedule } = lineFor(entry, policy, method.name, line);
  return schedulePlace(inventory, { cluster: entry.cluster, policy, schedule, method: method.name, wanted: true });
}

/** The times and the retention can be said of it: they are not the Cluster's own, and no interval. */
export function hasTimes(inventory: Inventory, draft: ScheduleDraft): boolean {
  const place = placeOf(inventory, draft);
  return place !== undefined && draft.method?.type !== 'Continuous' && place.kind !== 'keptOff' && place.kind !== 'noLine';
}

/** The Cluster gives the incremental its own retention. */
export function hasRetention(inventory: Inventory, draft: ScheduleDraft): boolean {
  const place = placeOf(inventory, draft);
  return hasTimes(inventory, draft) && (place?.kind === 'schedule' || (place?.kind === 'cluster' && place.role === 'method'));
}

/** The plan for a draft whose questions are all answered. */
export function schedulePlanOf(draft: ScheduleDraft, inventory: Inventory, enabled: boolean, now: number): SchedulePlan | undefined {
  const { entry, policy, method, line, cron, retention } = draft;
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
      ...(line === undefined ? {} : { line }),
      ...(cron === undefined ? {} : { cronExpression: cron }),
      ...(retention === undefined ? {} : { retentionPeriod: retention }),
    },
    now,
  );
}
