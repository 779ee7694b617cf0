import { backupTypeText } from '../../kubeblocks/backupText';
import { componentOf, type ClusterEntry } from '../../kubeblocks/clusterIndex';
import { clusterWindow, type ComponentWindow, type Stretch } from '../../kubeblocks/clusterWindow';
import { logText } from '../../kubeblocks/describe/describeCluster';
import type { Inventory } from '../../kubeblocks/inventory';
import type { Backup } from '../../kubeblocks/objects';
import { scheduleRows } from '../../kubeblocks/schedules';
import { clockSkewText, type TimeContext } from '../../kubeblocks/timeText';
import { cutText, noteText, stretchText } from '../../kubeblocks/windowText';
import type { ObjectRef } from '../objectRef';
import type { BaseRow, ComponentData, StretchRow, TimelineData } from './timelineData';

/** The recovery window of a cluster as its timeline shows it. */
export function buildTimeline(inventory: Inventory, ref: ObjectRef, entry: ClusterEntry, time: TimeContext): TimelineData {
  const { components } = clusterWindow(inventory, entry, time.now);
  const runs = scheduleRows(inventory, { ...entry, backups: [] }, time.now);
  const skew = inventory.simulated ? undefined : clockSkewText(time);
  return {
    ref,
    context: inventory.context,
    cluster: entry.name,
    namespace: entry.namespace,
    now: time.now,
    timeZone: time.timeZone,
    notes: skew === undefined ? [] : [`${skew}.`],
    components: components.map((component) => {
      const next = runs
        .filter(({ nextRun, schedule }) => nextRun !== undefined && (componentOf(schedule) ?? component.component) === component.component)
        .sort((a, b) => (a.nextRun ?? 0) - (b.nextRun ?? 0))[0];
      return componentData(inventory, component, next?.nextRun === undefined ? null : [next.nextRun, next.item.backupMethod], time);
    }),
  };
}

function componentData(inventory: Inventory, window: ComponentWindow, nextRun: ComponentData['nextRun'], time: TimeContext): ComponentData {
  const places = new Map<Backup, number>();
  window.logs.forEach(({ backup }, index) => places.set(backup, index));
  window.bases.forEach(({ backup }, index) => places.set(backup, index));
  const types = new Map<string, string>();
  return {
    name: window.component ?? '',
    state: logText(window.state, time),
    notes: [...(window.cut === undefined ? [] : [cutText(window.cut, time)]), ...window.notes.map(noteText)],
    nextRun,
    logs: window.logs.map(({ backup, from, to }) => [backup.metadata.name, from, to] as const),
    targets: window.logs.flatMap(({ targets }) => targets.map(({ name, from, to }) => [name, from, to] as const)),
    bases: window.bases.map(({ backup, end }): BaseRow => {
      const method = backup.status?.backupMethod?.actionSetName ?? backup.metadata.name;
      const type = types.get(method) ?? backupTypeText(inventory, backup) ?? '';
      types.set(method, type);
      return [backup.metadata.name, end, type];
    }),
    stretches: window.stretches.map((stretch) => stretchRow(stretch, places)),
  };
}

function stretchRow(stretch: Stretch, places: ReadonlyMap<Backup, number>): StretchRow {
  const { from, to, kind, log } = stretch;
  const base = 'base' in stretch && stretch.base !== undefined ? (places.get(stretch.base) ?? -1) : -1;
  const replayFrom = stretch.kind === 'recoverable' ? stretch.replayFrom : 0;
  const restores = stretch.kind === 'recoverable' || (stretch.kind === 'unknown' && stretch.reason === 'targets');
  return [from, to, kind, places.get(log) ?? -1, base, replayFrom, restores, kind === 'recoverable' ? '' : stretchText(stretch)];
}
