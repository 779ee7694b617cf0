import type { MethodOption } from '../../kubeblocks/backupMethods';
import type { ClusterEntry } from '../../kubeblocks/clusterIndex';
import type { Inventory } from '../../kubeblocks/inventory';
import type { BackupPolicy, Parameter, SchedulePolicy } from '../../kubeblocks/objects';
import type { DeclaredParameter } from '../../kubeblocks/parameters';
import { lineFor, planSchedule, type SchedulePlan, type ScheduleRequest } from '../../kubeblocks/schedulePlan';
import { schedulePlace, type SchedulePlace } from '../../kubeblocks/schedulePlace';
import { scheduleParameters, type ScheduleSettings } from '../../kubeblocks/scheduleSettings';

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
  /** Minutes as they were typed, of the whole schedule; empty for none. */
  readonly deadline?: string;
  /** Texts by parameter name; one left empty is not written. */
  readonly parameters?: Readonly<Record<string, string>>;
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

/** What the line's backups can be told. */
export function parametersOf(inventory: Inventory, { method }: ScheduleDraft): readonly DeclaredParameter[] {
  return method === undefined ? [] : scheduleParameters(method, inventory.line);
}

/** The texts of the parameters: as they were answered, else as the line has them. */
export function givenParameters(draft: ScheduleDraft): Readonly<Record<string, string>> {
  return draft.parameters ?? Object.fromEntries((itemOf(draft)?.parameters ?? []).map(({ name, value }) => [name, value]));
}

/** The starting deadline as it is typed: as it was answered, else as the schedule has it. */
export function givenDeadline({ entry, policy, method, line, deadline }: ScheduleDraft): string {
  const schedule = entry === undefined || policy === undefined || method === undefined ? undefined : lineFor(entry, policy, method.name, line).schedule;
  return deadline ?? String(schedule?.spec?.startingDeadlineMinutes ?? '');
}

/** Only what differs is written. */
function settingsOf(draft: ScheduleDraft, inventory: Inventory): ScheduleSettings {
  const { deadline, parameters, ...line } = draft;
  const chosen = parametersOf(inventory, draft).flatMap(({ name }): Parameter[] => {
    const value = parameters?.[name] ?? '';
    return value === '' ? [] : [{ name, value }];
  });
  return {
    ...(deadline === undefined || deadline === givenDeadline(line) ? {} : { startingDeadlineMinutes: deadline === '' ? null : Number(deadline) }),
    ...(parameters === undefined || isSame(chosen, itemOf(draft)?.parameters ?? []) ? {} : { parameters: chosen }),
  };
}

function isSame(chosen: readonly Parameter[], known: readonly Parameter[]): boolean {
  return chosen.length === known.length && chosen.every(({ name, value }) => known.some((each) => each.name === name && each.value === value));
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
      ...settingsOf(draft, inventory),
    },
    now,
  );
}
