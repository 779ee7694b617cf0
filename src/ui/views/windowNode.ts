import * as l10n from '@vscode/l10n';
import type { ClusterEntry } from '../../kubeblocks/clusterIndex';
import type { Inventory } from '../../kubeblocks/inventory';
import { recoverableRanges, recoveryWindows, type RecoveryWindow } from '../../kubeblocks/recoveryWindow';
import { durationText, localAndUtcText, wallClock, type TimeContext } from '../../kubeblocks/timeText';
import { refOf } from '../objectRef';
import { tooltipOf } from './tooltip';
import type { TreeNode } from './treeNode';

/** The instants that can be restored, and the way to do it. Nothing for a cluster without a log backup. */
export function windowNode(inventory: Inventory, entry: ClusterEntry, parent: string, time: TimeContext): readonly TreeNode[] {
  const [window] = recoveryWindows(inventory, entry);
  if (window === undefined) {
    return [];
  }
  const ranges = recoverableRanges(window.segments);
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
      tokens: ['object', 'window', 'hasWindow', ...(ranges.length === 0 ? [] : ['canRestore'])],
      target: log,
      command: { command: 'kubeblocksBackup.showTimeline', arguments: [log] },
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
  if (start.date === end.date) {
    return start.date === today ? l10n.t('{0} – {1} today', start.time, end.time) : `${start.date} ${start.time} – ${end.time}`;
  }
  const last = end.date === today ? l10n.t('today {0}', end.time) : `${end.date} ${end.time}`;
  return `${start.date} ${start.time} – ${last}`;
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
