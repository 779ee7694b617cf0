import * as l10n from '@vscode/l10n';
import type { MethodOption } from './backupMethods';
import { parameterFindings } from './backupPlan';
import type { PlanFinding } from './finding';
import type { KubeBlocksLine } from './kinds';
import type { BackupSchedule, Parameter } from './objects';
import { declaredParameters, LINES_WITH_PARAMETERS, type DeclaredParameter } from './parameters';

/**
 * What a BackupSchedule says besides when a method runs and how long its copies are kept. It is written there also where the
 * Cluster decides about the rest: a Cluster has no parameters, and the deadline of its `spec.backup` reaches only a schedule
 * that KubeBlocks makes for an engine whose template has none (`mergeClusterBackup` of 1.0.2). What stands there already stays.
 */
export interface ScheduleSettings {
  /** Of all lines of the schedule; null takes it away. Absent leaves it as it is. */
  readonly startingDeadlineMinutes?: number | null;
  /** All parameters of the line. Absent leaves them as they are. */
  readonly parameters?: readonly Parameter[];
}

/** What the backups of a schedule's line can be told; nothing where a schedule cannot carry it. */
export function scheduleParameters({ actionSet }: MethodOption, line: KubeBlocksLine | undefined): readonly DeclaredParameter[] {
  return line !== undefined && !LINES_WITH_PARAMETERS.includes(line) ? [] : declaredParameters(actionSet, 'backup');
}

/** Bounds of the CRD, but for 0, with which Kubernetes may start no run at all. */
const LONGEST_DEADLINE = 1440;

/** What is wrong with a starting deadline as it is typed; empty is none. */
export function deadlineProblem(text: string): string | undefined {
  return text === '' || (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= LONGEST_DEADLINE) ? undefined : l10n.t('"{0}" is no number of minutes from 1 to {1}. Leave it empty for no deadline.', text, LONGEST_DEADLINE);
}

export function settingsFindings(settings: ScheduleSettings, option: MethodOption | undefined, schedule: BackupSchedule | undefined): readonly PlanFinding[] {
  const lines = schedule?.spec?.schedules?.length ?? 0;
  return [
    ...parameterFindings(settings, option),
    ...(settings.startingDeadlineMinutes !== undefined && lines > 1 ? [{ severity: 'info', code: 'deadlineOfAll', message: l10n.t('The starting deadline holds for all {0} lines of BackupSchedule {1}.', lines, schedule?.metadata.name ?? '') } as const] : []),
  ];
}
