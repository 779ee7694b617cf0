import * as l10n from '@vscode/l10n';
import { createdAt, instant } from '../backupState';
import { indexClusters } from '../clusterIndex';
import { isCronError, nextRuns, parseCron } from '../cron';
import { cronText } from '../cronText';
import { keyOf, type Inventory } from '../inventory';
import type { BackupSchedule } from '../objects';
import { runsWithoutBackup } from '../scheduleDrift';
import type { CronJob } from '../scheduleJobs';
import { scheduleTroubles } from '../scheduleTroubles';
import { archiveInterval, scheduleRows, type ScheduleRow } from '../schedules';
import { durationText, localAndUtcText, type TimeContext } from '../timeText';
import { origin } from './describeObject';
import { facts, page, table, type Page, type Section } from './page';

/** How many runs ahead are shown. */
const SHOWN_RUNS = 5;

/** A schedule's lines, when they run, and where Cluster, schedule and CronJobs disagree. `jobs` undefined: they may not be read. */
export function describeSchedule(inventory: Inventory, schedule: BackupSchedule, jobs: readonly CronJob[] | undefined, context: TimeContext): Page {
  const { spec, status } = schedule;
  const entry = [...indexClusters(inventory).entries.values()].find(({ schedules }) => schedules.some((each) => keyOf(each) === keyOf(schedule)));
  const rows = entry === undefined ? [] : scheduleRows(inventory, { ...entry, schedules: [schedule] }, context.now);
  const troubles = entry === undefined ? [] : scheduleTroubles(inventory, { ...entry, schedules: [schedule] }, schedule, jobs, context.now);
  return page(l10n.t('Backup schedule {0}', schedule.metadata.name), status?.phase ?? '', [
    facts(l10n.t('What'), [
      ...origin(schedule, context),
      [l10n.t('Cluster'), entry?.name],
      [l10n.t('Policy'), spec?.backupPolicyName],
      [l10n.t('Starting deadline'), deadlineText(spec?.startingDeadlineMinutes)],
      [l10n.t('Problem'), status?.failureReason],
    ]),
    table(
      l10n.t('Schedules'),
      [l10n.t('Name'), l10n.t('Method'), l10n.t('On'), l10n.t('When'), l10n.t('Expression'), l10n.t('Kept'), l10n.t('Last'), l10n.t('Without a backup since')],
      rows.map((row) => lineRow(row, context)),
    ),
    table(l10n.t('Parameters'), [l10n.t('Name'), l10n.t('Parameter'), l10n.t('Value')], rows.flatMap(({ name, item }) => (item.parameters ?? []).map((parameter) => [name, parameter.name, parameter.value]))),
    table(l10n.t('Next runs'), [l10n.t('Name'), l10n.t('Runs')], rows.flatMap((row) => nextRow(row, context))),
    table(l10n.t('Not as it is written'), [l10n.t('Name'), l10n.t('What')], troubles.map(({ line, problem }) => [line, problem])),
    jobsSection(jobs, context),
  ]);
}

/** Kubernetes' CronJob controller: a run that is later than the deadline is not made. */
function deadlineText(minutes: number | undefined): string {
  return minutes === undefined ? l10n.t('none: of the runs that were missed, the last is made as soon as it can be') : l10n.t('{0}: a run that is later is not made', durationText(minutes * 60_000));
}

function lineRow(row: ScheduleRow, context: TimeContext): readonly (string | undefined)[] {
  const { name, item, on, continuous, last } = row;
  const missed = runsWithoutBackup(row, context.now);
  return [
    name,
    item.backupMethod,
    on ? l10n.t('on') : l10n.t('off'),
    continuous ? l10n.t('all the time, archiving every {0}', durationText(archiveInterval(item.cronExpression))) : cronText(item.cronExpression),
    item.cronExpression,
    item.retentionPeriod,
    last === undefined ? undefined : l10n.t('{0}, {1}', last.metadata.name, localAndUtcText(createdAt(last), context)),
    missed === 0 ? undefined : String(missed),
  ];
}

function nextRow({ name, on, continuous, item }: ScheduleRow, context: TimeContext): readonly (readonly string[])[] {
  const cron = parseCron(item.cronExpression);
  const runs = !on || continuous || isCronError(cron) ? [] : nextRuns(cron, context.now, SHOWN_RUNS);
  return runs.length === 0 ? [] : [[name, runs.map((run) => localAndUtcText(run, context)).join('; ')]];
}

function jobsSection(jobs: readonly CronJob[] | undefined, context: TimeContext): Section | undefined {
  if (jobs === undefined) {
    return facts(l10n.t('CronJobs'), [[l10n.t('Not known'), l10n.t('you may not list cronjobs here')]]);
  }
  const time = (text: string | undefined): string | undefined => {
    const ms = instant(text);
    return ms === undefined ? undefined : localAndUtcText(ms, context);
  };
  return table(
    l10n.t('CronJobs'),
    [l10n.t('Name'), l10n.t('Expression'), l10n.t('Suspended'), l10n.t('Last run'), l10n.t('Last success'), l10n.t('Running')],
    jobs.map(({ metadata, spec, status }) => [metadata.name, spec?.schedule, spec?.suspend === true ? l10n.t('yes') : undefined, time(status?.lastScheduleTime), time(status?.lastSuccessfulTime), String(status?.active?.length ?? 0)]),
  );
}
