import { LABEL } from '../controllers/names';
import type { Backup } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { nextPeriod } from '../runtime/coalesce';
import { patchStatus, read } from '../runtime/edits';
import type { Controller, World } from '../world';
import { isReady, type Pod } from './workload';
import { isFaulty } from './work';

const DEFAULT_INTERVAL_MS = 60_000;
/** What a quiet database writes. */
const LOG_BYTES_PER_SECOND = 2048;

/**
 * The stand-in for the log archiver of a continuous backup: after each interval it moves `timeRange.end` on and counts
 * the size up. A jump of the clock costs one write, for the last interval before its end.
 */
export const logArchiver: Controller = {
  name: 'log-archiver',
  watches: [{ resource: RESOURCES.pod }],
  reconcile(ref, world) {
    const pod = read<Pod>(world, RESOURCES.pod, ref);
    if (pod?.metadata.labels?.[LABEL.backupType] !== 'Continuous' || !isReady(pod)) return undefined;
    const name = pod.metadata.labels[LABEL.backupName] ?? '';
    const backup = read<Backup>(world, RESOURCES.backup, { namespace: ref.namespace ?? '', name });
    if (backup?.status?.phase !== 'Running') return { requeueAfterMs: nextPeriod(DEFAULT_INTERVAL_MS, world.clock) };
    const interval = intervalOf(pod);
    if (isFaulty(world, 'log-backup-stops', pod)) return { requeueAfterMs: nextPeriod(interval, world.clock) };
    const sinceLast = archivedAt(backup, world);
    if (sinceLast < interval && backup.status.timeRange?.end !== undefined) return { requeueAfterMs: interval - sinceLast };
    archive(backup, world);
    return { requeueAfterMs: nextPeriod(interval, world.clock) };
  },
};

function archivedAt(backup: Backup, world: World): number {
  return world.clock.now() - (Date.parse(backup.status?.timeRange?.end ?? '') || 0);
}

function archive(backup: Backup, world: World): void {
  const end = world.clock.timestamp();
  const start = backup.status?.timeRange?.start ?? end;
  const seconds = (Date.parse(end) - Date.parse(start)) / 1000;
  patchStatus(world, RESOURCES.backup, backup, {
    timeRange: { start, end },
    totalSize: String(2 ** 20 + Math.round(seconds * LOG_BYTES_PER_SECOND)),
  });
}

function intervalOf(pod: Pod): number {
  const seconds = Number(pod.spec.containers[0]?.env?.find(({ name }) => name === 'DP_ARCHIVE_INTERVAL')?.value?.replace(/s$/, ''));
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1000, DEFAULT_INTERVAL_MS) : DEFAULT_INTERVAL_MS;
}
