import { instant } from './backupState';
import { componentOf } from './clusterIndex';
import { labelOf } from './labelOf';
import { LABELS } from './labels';
import { objectKey, type Inventory } from './inventory';
import type { Backup, Restore } from './objects';
import { restoreState } from './restoreState';

/** How many of the last restores count. */
const LAST = 3;

/** How long (ms) the last restores from backups of the same cluster and component took, the newest first; at most three. */
export function restoreDurations(inventory: Inventory, backup: Backup): readonly number[] {
  const source = sourceKey(backup);
  if (source === undefined) {
    return [];
  }
  const byTarget = new Map<string, Restore[]>();
  for (const restore of inventory.restores.items.values()) {
    const from = inventory.backups.items.get(objectKey(restore.spec?.backup?.namespace ?? restore.metadata.namespace, restore.spec?.backup?.name ?? ''));
    if (from !== undefined && sourceKey(from) === source) {
      const target = objectKey(restore.metadata.namespace, labelOf(restore, LABELS.instance) ?? restore.metadata.name);
      byTarget.set(target, [...(byTarget.get(target) ?? []), restore]);
    }
  }
  return [...byTarget.values()]
    .flatMap((restores) => spanOf(restores) ?? [])
    .sort((a, b) => b.end - a.end)
    .slice(0, LAST)
    .map(({ start, end }) => end - start);
}

function sourceKey(backup: Backup): string | undefined {
  const cluster = labelOf(backup, LABELS.instance);
  return cluster === undefined ? undefined : [backup.metadata.namespace ?? '', cluster, componentOf(backup) ?? ''].join('/');
}

/** From the first Restore's start to the last one's end, where all of them completed. */
function spanOf(restores: readonly Restore[]): { readonly start: number; readonly end: number } | undefined {
  const starts = restores.map(({ metadata, status }) => instant(status?.startTimestamp) ?? instant(metadata.creationTimestamp));
  const ends = restores.map(({ status }) => instant(status?.completionTimestamp));
  if (!restores.every((restore) => restoreState(restore) === 'completed') || [...starts, ...ends].includes(undefined)) {
    return undefined;
  }
  const [start, end] = [Math.min(...starts.map(Number)), Math.max(...ends.map(Number))];
  return end < start ? undefined : { start, end };
}
