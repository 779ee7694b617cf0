import * as l10n from '@vscode/l10n';
import { backupState, createdAt } from '../../kubeblocks/backupState';
import type { ClusterEntry } from '../../kubeblocks/clusterIndex';
import { cronText } from '../../kubeblocks/cronText';
import type { Inventory } from '../../kubeblocks/inventory';
import { MANY_RUNS, runsWithoutBackup, scheduleDrift } from '../../kubeblocks/scheduleDrift';
import { scheduleRows, type ScheduleRow } from '../../kubeblocks/schedules';
import { jobNameOf } from '../../kubeblocks/scheduleJobName';
import { ageText, durationText, localAndUtcText, untilText, type TimeContext } from '../../kubeblocks/timeText';
import { refOf } from '../objectRef';
import { logLagMs } from './backupNode';
import { clip } from './clip';
import type { ClustersOptions } from './clustersTree';
import { tooltipOf } from './tooltip';
import { isKnown, groupTrouble } from './stateNodes';
import type { NodeColor, TreeNode } from './treeNode';

interface Shown extends TimeContext, Pick<ClustersOptions, 'suspendedIn'> {}

/** The schedules' lines: what runs when, and whether it is on. */
export function schedulesNode(inventory: Inventory, entry: ClusterEntry, parent: string, { suspendedIn, ...time }: Shown): readonly TreeNode[] {
  const trouble = groupTrouble(inventory, inventory.schedules.state, l10n.t('Schedules'), `${parent}/schedules`, time);
  const rows = scheduleRows(inventory, entry, time.now);
  if (rows.length === 0) {
    return trouble;
  }
  const on = rows.filter((row) => row.on).length;
  const next = Math.min(...rows.flatMap(({ nextRun }) => nextRun ?? []));
  const description = on === 0 ? l10n.t('all off') : Number.isFinite(next) ? l10n.t('{0} on · next {1}', on, untilText(next, time)) : l10n.t('{0} on', on);
  return [
    ...trouble,
    {
      id: `${parent}/schedules`,
      label: l10n.t('Schedules'),
      description,
      icon: 'watch',
      tooltip: tooltipOf(l10n.t('Schedules'), [[l10n.t('Next'), Number.isFinite(next) ? localAndUtcText(next, time) : undefined]]),
      tokens: ['schedules'],
      children: () => {
        const suspended = suspendedIn?.(entry.namespace);
        return rows.map((row) => scheduleNode(row, entry, parent, { ...time, backupsKnown: isKnown(inventory.backups.state), drift: scheduleDrift(inventory, entry, row), suspended: isSuspended(row, suspended) }));
      },
    },
  ];
}

/** What a schedule's line is told against: without the list of backups nothing is said of what ran. */
interface Known extends TimeContext {
  readonly backupsKnown: boolean;
  /** Where the line is not as its Cluster says. */
  readonly drift: string | undefined;
  /** Its CronJob is suspended: it is on, and does not run. */
  readonly suspended: boolean;
}

function isSuspended({ schedule, name, on, continuous }: ScheduleRow, names: ReadonlySet<string> | undefined): boolean {
  return on && !continuous && names?.has(jobNameOf(schedule, name)) === true;
}

function scheduleNode(row: ScheduleRow, entry: ClusterEntry, parent: string, time: Known): TreeNode {
  const target = refOf('backupSchedule', row.schedule);
  const [icon, color] = scheduleIcon(row, time);
  const description = scheduleWords(row, entry, time);
  return {
    id: `${parent}/schedules/${row.schedule.metadata.name}/${row.name}`,
    label: row.name,
    description,
    icon,
    color,
    tooltip: tooltipOf(row.name, [
      [l10n.t('Schedule'), row.schedule.metadata.name],
      [l10n.t('Cron (UTC)'), row.item.cronExpression],
      [l10n.t('Next'), row.nextRun === undefined ? undefined : localAndUtcText(row.nextRun, time)],
      [l10n.t('Kept'), row.item.retentionPeriod],
      [l10n.t('Last'), row.last === undefined ? undefined : l10n.t('{0}, {1}', row.last.metadata.name, localAndUtcText(createdAt(row.last), time))],
      [l10n.t('Without a backup'), time.backupsKnown ? missedText(row, time) : undefined],
      [l10n.t('Not as its cluster says'), time.drift],
      [l10n.t('CronJob'), time.suspended ? l10n.t('suspended: nothing runs until KubeBlocks, whose controllers put that right at once, or Mend Schedule… has it written again') : undefined],
      [l10n.t('Problem'), row.problem],
    ]),
    accessibleLabel: l10n.t('Schedule {0}, {1}', row.name, description.replaceAll(' · ', ', ')),
    tokens: ['object', 'schedule', row.on ? 'on' : 'off', 'canSchedule', 'canChangeLine', ...(row.continuous ? [] : ['canRunNow']), ...(hasTrouble(row) ? ['canDiagnose'] : [])],
    target,
    scheduleLine: row.name,
    command: { command: 'kubeblocksBackup.describe', arguments: [target] },
  };
}

/** It cannot run, or what it made last failed. */
function hasTrouble({ on, problem, last }: ScheduleRow): boolean {
  return on && (problem !== undefined || (last !== undefined && backupState(last) === 'failed'));
}

/** What an absent backup may mean, for the tooltip. */
function missedText(row: ScheduleRow, time: TimeContext): string | undefined {
  const runs = runsWithoutBackup(row, time.now);
  return runs === 0 ? undefined : l10n.t('{0} runs since the last were missed, or the schedule was off meanwhile', runsText(runs));
}

function runsText(runs: number): string {
  return runs >= MANY_RUNS ? l10n.t('{0} or more', runs) : String(runs);
}

function scheduleIcon(row: ScheduleRow, { drift, suspended }: Known): readonly [string, NodeColor] {
  const { on, continuous } = row;
  if (drift !== undefined || suspended) {
    return ['warning', 'warn'];
  }
  if (!on) {
    return ['circle-outline', 'quiet'];
  }
  if (hasTrouble(row)) {
    return ['warning', 'warn'];
  }
  return continuous ? ['pulse', 'ok'] : ['pass', 'ok'];
}

function scheduleWords(row: ScheduleRow, entry: ClusterEntry, time: Known): string {
  const state = stateWords(row, entry, time);
  const words = time.suspended ? l10n.t('suspended: nothing runs · {0}', state) : state;
  return time.drift === undefined ? words : l10n.t('{0} · {1}', words, clip(time.drift));
}

function stateWords(row: ScheduleRow, entry: ClusterEntry, time: Known): string {
  if (!row.on) {
    return l10n.t('off');
  }
  if (row.problem !== undefined) {
    return clip(row.problem);
  }
  if (row.continuous && !time.backupsKnown) {
    return l10n.t('log backup');
  }
  if (row.continuous) {
    const log = row.last ?? entry.backups.find(({ spec }) => spec?.backupMethod === row.item.backupMethod);
    const lag = log === undefined ? undefined : logLagMs(log, time);
    return lag === undefined ? l10n.t('log backup · nothing archived yet') : l10n.t('log backup · {0} behind', durationText(lag));
  }
  const kept = row.item.retentionPeriod;
  return [
    cronText(row.item.cronExpression),
    ...(kept === undefined || kept === '' ? [] : [l10n.t('keep {0}', kept)]),
    ...(time.backupsKnown ? [lastWords(row, time), ...missedWords(row, time)] : []),
  ].join(' · ');
}

function missedWords(row: ScheduleRow, time: TimeContext): readonly string[] {
  const runs = runsWithoutBackup(row, time.now);
  return runs === 0 ? [] : [runs === 1 ? l10n.t('1 run without a backup since') : l10n.t('{0} runs without a backup since', runsText(runs))];
}

function lastWords({ last, lastCompleted }: ScheduleRow, time: TimeContext): string {
  if (last === undefined) {
    return l10n.t('never run');
  }
  if (backupState(last) === 'failed') {
    return l10n.t('last failed {0}', ageText(createdAt(last), time));
  }
  return lastCompleted === undefined ? l10n.t('running') : l10n.t('last ok {0}', ageText(createdAt(lastCompleted), time));
}
