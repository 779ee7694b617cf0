import * as l10n from '@vscode/l10n';
import { isCronError, parseCron } from './cron';
import type { BackupSchedule, KubeObject, SchedulePolicy } from './objects';
import { jobNameOf, jobNamePrefix } from './scheduleJobName';
import { lineName } from './schedulePlan';

/** What a schedule's line is run by; log backups have none. */
export interface CronJob extends KubeObject {
  readonly spec?: { readonly schedule?: string; readonly suspend?: boolean; readonly startingDeadlineSeconds?: number };
  readonly status?: { readonly lastScheduleTime?: string; readonly lastSuccessfulTime?: string; readonly active?: readonly unknown[] };
}

export interface LineJob {
  readonly item: SchedulePolicy;
  readonly job: CronJob | undefined;
  /** Where it is not as the line says; KubeBlocks 1.0 puts that right at once, as long as it runs. */
  readonly problem: string | undefined;
}

/** Each line that runs by the clock with its CronJob. `jobs`: those with the schedule's label. */
export function lineJobs(schedule: BackupSchedule, jobs: readonly CronJob[], isLog: (method: string) => boolean): readonly LineJob[] {
  const lines = (schedule.spec?.schedules ?? []).filter(({ backupMethod }) => !isLog(backupMethod));
  return lines.map((item) => {
    const job = jobs.find(({ metadata }) => metadata.name === jobNameOf(schedule, lineName(item)));
    return { item, job, problem: jobProblem(schedule, item, job) };
  });
}

function jobProblem({ spec }: BackupSchedule, { enabled, cronExpression }: SchedulePolicy, job: CronJob | undefined): string | undefined {
  if (enabled !== true) {
    return job === undefined ? undefined : l10n.t('the line is off, its CronJob is there');
  }
  if (job === undefined) {
    return isCronError(parseCron(cronExpression)) ? undefined : l10n.t('it has no CronJob: nothing runs');
  }
  const times = (job.spec?.schedule ?? '').replace(/^(CRON_)?TZ=\S+ /, '');
  const deadline = spec?.startingDeadlineMinutes === undefined ? undefined : spec.startingDeadlineMinutes * 60;
  const other = [
    ...(job.spec?.suspend === true ? [l10n.t('its CronJob is suspended: nothing runs')] : []),
    ...(times === cronExpression ? [] : [l10n.t('its CronJob runs at {0}', times)]),
    ...(job.spec?.startingDeadlineSeconds === deadline ? [] : [l10n.t('its CronJob has another starting deadline')]),
  ];
  return other.length === 0 ? undefined : other.join(', ');
}

/**
 * Lines that are not there any more and whose CronJobs go on making backups: KubeBlocks 1.0 removes a CronJob when its line
 * is turned off, and leaves it where the line was deleted.
 */
export function orphanLines(schedule: BackupSchedule, jobs: readonly CronJob[]): readonly SchedulePolicy[] {
  const prefix = jobNamePrefix(schedule);
  const known = new Set((schedule.spec?.schedules ?? []).map(lineName));
  return jobs.flatMap(({ metadata: { name, labels }, spec }) => {
    const line = name.startsWith(prefix) ? name.slice(prefix.length) : undefined;
    const backupMethod = labels?.[METHOD_LABEL];
    return line === undefined || known.has(line) || backupMethod === undefined ? [] : [{ name: line, backupMethod, cronExpression: spec?.schedule ?? '', enabled: true }];
  });
}

const METHOD_LABEL = 'dataprotection.kubeblocks.io/backup-method';
