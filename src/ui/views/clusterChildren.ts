import * as l10n from '@vscode/l10n';
import { backupState, createdAt } from '../../kubeblocks/backupState';
import type { ClusterEntry } from '../../kubeblocks/clusterIndex';
import { cronText } from '../../kubeblocks/cronText';
import type { Inventory } from '../../kubeblocks/inventory';
import type { Cluster, Restore } from '../../kubeblocks/objects';
import type { ClusterProtection } from '../../kubeblocks/protection';
import { protectionText } from '../../kubeblocks/protectionText';
import { recoverableRanges, recoveryWindows, type RecoveryWindow } from '../../kubeblocks/recoveryWindow';
import { restoreFailure, restoreProgress, restoreState, type RestoreState } from '../../kubeblocks/restoreState';
import { scheduleRows, type ScheduleRow } from '../../kubeblocks/schedules';
import { ageText, durationText, localAndUtcText, shortText, untilText, wallClock, type TimeContext } from '../../kubeblocks/timeText';
import { refOf } from '../objectRef';
import { backupNode, logLagMs } from './backupNode';
import { clip } from './clip';
import { tooltipOf } from './tooltip';
import { pagedNodes } from './pagedNodes';
import { sizeWords } from './sizeWords';
import { listNodes } from './stateNodes';
import type { NodeColor, TreeNode } from './treeNode';

/** The instants that can be restored, and the way to do it. Nothing for a cluster without a log backup. */
export function windowNode(inventory: Inventory, entry: ClusterEntry, parent: string, time: TimeContext): readonly TreeNode[] {
  const [window] = recoveryWindows(inventory, entry);
  if (window === undefined) {
    return [];
  }
  const ranges = recoverableRanges(window);
  const log = refOf('backup', window.log);
  const description = windowWords(ranges, time);
  return [
    {
      id: `${parent}/window`,
      label: l10n.t('Recovery window'),
      description,
      icon: 'history',
      tooltip: windowTooltip(window, ranges, time),
      accessibleLabel: l10n.t('Recovery window, {0}', description),
      tokens: ['object', 'window', ...(ranges.length === 0 ? [] : ['canRestore'])],
      target: log,
      children: () => [...ranges].reverse().map((range, index) => rangeNode(range, `${parent}/window/${index}`, window, time)),
    },
  ];
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function windowWords(ranges: readonly Range[], time: TimeContext): string {
  const first = ranges[0];
  const last = ranges.at(-1);
  if (first === undefined || last === undefined) {
    return l10n.t('no instant can be restored: no base backup in the log’s range');
  }
  const gaps = ranges.slice(1).map(({ from }, index) => from - (ranges[index]?.to ?? from));
  const span = rangeWords({ from: first.from, to: last.to }, time);
  if (gaps.length === 0) {
    return span;
  }
  const lost = durationText(gaps.reduce((sum, gap) => sum + gap, 0));
  return gaps.length === 1 ? l10n.t('{0} · 1 gap of {1}', span, lost) : l10n.t('{0} · {1} gaps, {2} in all', span, gaps.length, lost);
}

function rangeWords({ from, to }: Range, time: TimeContext): string {
  const today = wallClock(time.now, time.timeZone).date;
  const [start, end] = [wallClock(from, time.timeZone), wallClock(to, time.timeZone)];
  return start.date === today && end.date === today
    ? l10n.t('{0} – {1} today', start.time, end.time)
    : `${shortText(from, time)} – ${shortText(to, time)}`;
}

function rangeNode(range: Range, id: string, window: RecoveryWindow, time: TimeContext): TreeNode {
  const log = refOf('backup', window.log);
  return {
    id,
    label: rangeWords(range, time),
    description: l10n.t('{0} long · restore to a point in time…', durationText(range.to - range.from)),
    icon: 'discard',
    tokens: ['range', 'canRestore'],
    target: log,
    command: { command: 'kubeblocksBackup.restore', arguments: [log] },
  };
}

function windowTooltip(window: RecoveryWindow, ranges: readonly Range[], time: TimeContext): string {
  const spans = ranges.map(({ from, to }) => `${localAndUtcText(from, time)} – ${localAndUtcText(to, time)}`);
  return tooltipOf(l10n.t('Recovery window'), [
    [l10n.t('Log backup'), window.log.metadata.name],
    [l10n.t('Log from'), localAndUtcText(window.from, time)],
    [l10n.t('Log to'), localAndUtcText(window.to, time)],
    [l10n.t('Can be restored'), spans.join('; ')],
  ]);
}

/** The schedules' lines: what runs when, and whether it is on. */
export function schedulesNode(inventory: Inventory, entry: ClusterEntry, parent: string, time: TimeContext): readonly TreeNode[] {
  const trouble = listTrouble(inventory.schedules.state, l10n.t('Schedules'), `${parent}/schedules`, time);
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
      icon: 'clock',
      tooltip: tooltipOf(l10n.t('Schedules'), [[l10n.t('Next'), Number.isFinite(next) ? localAndUtcText(next, time) : undefined]]),
      tokens: ['schedules'],
      children: () => rows.map((row) => scheduleNode(row, entry, parent, time)),
    },
  ];
}

function scheduleNode(row: ScheduleRow, entry: ClusterEntry, parent: string, time: TimeContext): TreeNode {
  const target = refOf('backupSchedule', row.schedule);
  const [icon, color] = scheduleIcon(row);
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
      [l10n.t('Problem'), row.problem],
    ]),
    accessibleLabel: l10n.t('Schedule {0}, {1}', row.name, description.replaceAll(' · ', ', ')),
    tokens: ['object', 'schedule', row.on ? 'on' : 'off'],
    target,
    command: { command: 'kubeblocksBackup.describe', arguments: [target] },
  };
}

function scheduleIcon({ on, continuous, problem, last }: ScheduleRow): readonly [string, NodeColor] {
  if (!on) {
    return ['circle-outline', 'quiet'];
  }
  if (problem !== undefined || (last !== undefined && backupState(last) === 'failed')) {
    return ['warning', 'warn'];
  }
  return continuous ? ['pulse', 'ok'] : ['pass', 'ok'];
}

function scheduleWords(row: ScheduleRow, entry: ClusterEntry, time: TimeContext): string {
  if (!row.on) {
    return l10n.t('off');
  }
  if (row.problem !== undefined) {
    return clip(row.problem);
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
    lastWords(row, time),
  ].join(' · ');
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

/** The cluster's backup sets, newest first. */
export function backupSetsNode(
  inventory: Inventory,
  entry: ClusterEntry,
  parent: string,
  pages: (groupId: string) => number,
  time: TimeContext,
): readonly TreeNode[] {
  const id = `${parent}/backups`;
  const trouble = listTrouble(inventory.backups.state, l10n.t('Backup sets'), `${id}/state`, time);
  if (entry.backups.length === 0) {
    return trouble.length > 0
      ? trouble
      : [{ id, label: l10n.t('Backup sets'), description: l10n.t('none yet'), icon: 'archive', color: 'quiet', tokens: ['backups'] }];
  }
  return [
    ...trouble,
    {
      id,
      label: l10n.t('Backup sets'),
      description: [String(entry.backups.length), ...sizeWords(entry.backups)].join(' · '),
      icon: 'archive',
      tokens: ['backups'],
      children: () => pagedNodes(entry.backups, (backup) => backupNode(backup, time, id), id, pages(id)),
    },
  ];
}

/** Restores into this cluster; nothing when there are none. */
export function restoresNode(inventory: Inventory, entry: ClusterEntry, parent: string, time: TimeContext): readonly TreeNode[] {
  const id = `${parent}/restores`;
  const trouble = listTrouble(inventory.restores.state, l10n.t('Restores'), `${id}/state`, time);
  if (entry.restores.length === 0) {
    return trouble;
  }
  const count = (wanted: RestoreState): number => entry.restores.filter((restore) => restoreState(restore) === wanted).length;
  const [running, failed] = [count('running') + count('starting'), count('failed')];
  const description = [
    ...(running === 0 ? [] : [l10n.t('{0} running', running)]),
    ...(failed === 0 ? [] : [l10n.t('{0} failed', failed)]),
    ...(running + failed === 0 ? [l10n.t('{0} completed', count('completed'))] : []),
  ].join(' · ');
  return [
    ...trouble,
    {
      id,
      label: l10n.t('Restores'),
      description,
      icon: 'discard',
      tokens: ['restores'],
      expanded: running > 0,
      children: () => entry.restores.map((restore) => restoreNode(restore, id, time)),
    },
  ];
}

const RESTORE_ICONS: Readonly<Record<RestoreState, readonly [string, NodeColor]>> = {
  starting: ['sync~spin', 'busy'],
  running: ['sync~spin', 'busy'],
  completed: ['pass', 'ok'],
  failed: ['error', 'bad'],
  deleting: ['trash', 'quiet'],
};

function restoreNode(restore: Restore, parent: string, time: TimeContext): TreeNode {
  const state = restoreState(restore);
  const target = refOf('restore', restore);
  const [icon, color] = RESTORE_ICONS[state];
  return {
    id: `${parent}/${restore.metadata.name}`,
    label: restore.metadata.name,
    description: restoreWords(restore, state, time),
    icon,
    color,
    tooltip: tooltipOf(restore.metadata.name, [
      [l10n.t('Backup set'), restore.spec?.backup?.name],
      [l10n.t('To the instant'), restore.spec?.restoreTime],
      [l10n.t('Phase'), restore.status?.phase],
      [l10n.t('Why it failed'), restoreFailure(restore)],
    ]),
    tokens: ['object', 'restore', state, ...(state === 'completed' ? [] : ['canDiagnose'])],
    target,
    command: { command: 'kubeblocksBackup.describe', arguments: [target] },
  };
}

function restoreWords(restore: Restore, state: RestoreState, time: TimeContext): string {
  const from = l10n.t('from {0}', restore.spec?.backup?.name ?? '');
  switch (state) {
    case 'completed':
      return l10n.t('completed {0} · {1}', ageText(Date.parse(restore.status?.completionTimestamp ?? restore.metadata.creationTimestamp ?? ''), time), from);
    case 'failed':
      return l10n.t('failed · {0}', clip(restoreFailure(restore) ?? from));
    case 'deleting':
      return l10n.t('being deleted');
    case 'running': {
      const { done, total } = restoreProgress(restore);
      return total === 0 ? l10n.t('running · {0}', from) : l10n.t('running · {0} of {1} steps · {2}', done, total, from);
    }
    case 'starting':
      return l10n.t('starting · {0}', from);
  }
}

/** Components and shardings, with the protection of those that can be backed up. */
export function componentsNode(cluster: Cluster, protection: ClusterProtection, parent: string, time: TimeContext): readonly TreeNode[] {
  const specs = [...(cluster.spec?.componentSpecs ?? []), ...(cluster.spec?.shardings ?? []).map(({ name, template }) => ({ ...template, name }))];
  if (specs.length === 0) {
    return [];
  }
  const id = `${parent}/components`;
  const target = refOf('cluster', cluster);
  return [
    {
      id,
      label: l10n.t('Components'),
      description: String(specs.length),
      icon: 'server-process',
      tokens: ['components'],
      children: () =>
        specs.map(({ name = '', replicas, serviceVersion }) => {
          const own = protection.components.get(name);
          const phase = (cluster.status?.components?.[name] ?? cluster.status?.shardings?.[name])?.phase;
          return {
            id: `${id}/${name}`,
            label: name,
            description: [
              ...(replicas === undefined ? [] : [replicas === 1 ? l10n.t('1 replica') : l10n.t('{0} replicas', replicas)]),
              ...(serviceVersion === undefined ? [] : [serviceVersion]),
              ...(phase === undefined || phase === 'Running' ? [] : [phase]),
              own === undefined ? l10n.t('no backup policy') : protectionText(own.status, time),
            ].join(' · '),
            icon: 'server',
            tokens: ['component', ...(own === undefined ? [] : ['canBackUp'])],
            target,
            component: name,
          };
        }),
    },
  ];
}

function listTrouble(state: Inventory['backups']['state'], what: string, id: string, time: TimeContext): readonly TreeNode[] {
  return state.state === 'loading' ? [] : listNodes(state, what, id, time);
}
