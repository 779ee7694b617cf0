import * as l10n from '@vscode/l10n';
import type { ClusterEntry } from './clusterIndex';
import type { PlanFinding } from './finding';
import { guard } from './guard';
import type { Inventory } from './inventory';
import { KINDS } from './kinds';
import { ANNOTATIONS } from './labels';
import type { BackupPolicy, BackupSchedule, KubeObject, SchedulePolicy } from './objects';
import type { Resource } from './resource';
import { isGenerated } from './schedulePlace';
import { lineName, planSchedule } from './schedulePlan';

export interface LineChange {
  readonly resource: Resource;
  readonly object: BackupSchedule;
  readonly patch: (live: KubeObject) => object;
}

/**
 * How a line of a BackupSchedule goes. First it is turned off, by which KubeBlocks removes its CronJob and ends its log
 * backup; a line that is deleted while it is on leaves both behind (seen with 1.0.2).
 */
export interface LineDeletion {
  readonly off: LineChange;
  readonly removal: LineChange;
  readonly line: string;
  readonly findings: readonly PlanFinding[];
}

export interface LineQuestion {
  readonly entry: ClusterEntry;
  readonly policy: BackupPolicy;
  readonly schedule: BackupSchedule;
  /** One that is not there any more is put back, off, so that its CronJob goes. */
  readonly item: SchedulePolicy;
  /** Names of the lines of the template that the schedule was made from; undefined where it could not be read. */
  readonly templateLines: readonly string[] | undefined;
}

export function planLineDeletion(inventory: Inventory, question: LineQuestion, now: number): LineDeletion {
  const { schedule, item } = question;
  const line = lineName(item);
  const isThis = (each: SchedulePolicy): boolean => lineName(each) === line;
  const turnedOff = (items: readonly SchedulePolicy[]): readonly SchedulePolicy[] => (items.some(isThis) ? items.map((each) => (isThis(each) ? { ...each, enabled: false } : each)) : [...items, { ...item, name: line, enabled: false }]);
  const without = (items: readonly SchedulePolicy[]): readonly SchedulePolicy[] => items.filter((each) => !isThis(each));
  return { off: changeOf(schedule, turnedOff), removal: changeOf(schedule, without), line, findings: findingsOf(inventory, question, now) };
}

function changeOf(schedule: BackupSchedule, change: (items: readonly SchedulePolicy[]) => readonly SchedulePolicy[]): LineChange {
  const changed = ({ spec }: BackupSchedule): readonly SchedulePolicy[] => change(spec?.schedules ?? []);
  return { resource: KINDS.backupSchedule, object: { ...schedule, spec: { ...schedule.spec, schedules: changed(schedule) } }, patch: (live) => ({ ...guard(live), spec: { schedules: changed(live) } }) };
}

function findingsOf(inventory: Inventory, { entry, policy, schedule, item, templateLines }: LineQuestion, now: number): readonly PlanFinding[] {
  const line = lineName(item);
  const template = schedule.metadata.annotations?.[ANNOTATIONS.policyTemplate];
  const generated = entry.cluster !== undefined && isGenerated(entry.cluster, policy, schedule);
  const others = (schedule.spec?.schedules ?? []).filter((each) => lineName(each) !== line);
  if (generated && template !== undefined && templateLines?.includes(line) === true) {
    return [error('template', l10n.t('KubeBlocks adds {0} again from template {1}, as the template has it. Turn it off instead.', line, template))];
  }
  const governed = entry.cluster?.spec?.backup;
  if (generated && governed?.method === item.backupMethod && !others.some(({ backupMethod }) => backupMethod === item.backupMethod)) {
    return [error('clusterLine', l10n.t('spec.backup of cluster {0} names {1}, so that KubeBlocks adds a line for it again. Turn it off instead.', entry.name, item.backupMethod))];
  }
  const isThere = others.length !== (schedule.spec?.schedules ?? []).length;
  const off = isThere && item.enabled === true ? planSchedule(inventory, { entry, policy, method: item.backupMethod, enabled: false, line: { schedule: schedule.metadata.name, name: line } }, now) : undefined;
  if (off?.place.kind === 'cluster') {
    return [error('clusterSwitches', l10n.t('Cluster {0} switches {1} on again. Turn it off first; that is written to the Cluster.', entry.name, line))];
  }
  return [
    ...(off?.findings.filter(({ severity }) => severity !== 'error') ?? []),
    ...(generated && template !== undefined && templateLines === undefined ? [{ severity: 'warning', code: 'templateUnknown', message: l10n.t('Template {0} may not be read: if it has {1}, KubeBlocks adds the line again.', template, line) } as const] : []),
    { severity: 'info', code: 'copiesStay', message: l10n.t('Backup sets that it made stay, each until it expires.') },
  ];
}

function error(code: string, message: string): PlanFinding {
  return { severity: 'error', code, message };
}
