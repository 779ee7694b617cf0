import type { Cluster } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { isDeleting, read } from '../runtime/edits';
import type { World } from '../world';
import { LABEL } from './names';
import type { BackupSet, Schedule } from './shapes';

const DEFAULT_INTERVAL_SECONDS = 60;

/** A log backup goes on while its cluster is there and not stopped, and its schedule is enabled. */
export function isStillWanted(backup: BackupSet, world: World): boolean {
  const namespace = backup.metadata.namespace ?? '';
  const labels = backup.metadata.labels ?? {};
  const clusterName = labels[LABEL.instance] ?? '';
  const cluster = read<Cluster>(world, RESOURCES.cluster, { namespace, name: clusterName });
  if (clusterName !== '' && (cluster === undefined || isDeleting(cluster) || cluster.status?.phase === 'Stopped')) return false;
  return scheduleOf(backup, world)?.enabled === true;
}

/** A continuous method's cron gives an interval: `* /N` minutes, else `* /N` hours, else a minute (`action_stateful.go`). */
export function archiveIntervalSeconds(backup: BackupSet, world: World): number {
  const [minutes = '', hours = ''] = (scheduleOf(backup, world)?.cronExpression ?? '').trim().split(/\s+/);
  return stepOf(minutes, 60) ?? stepOf(hours, 3600) ?? DEFAULT_INTERVAL_SECONDS;
}

function stepOf(field: string, unitSeconds: number): number | undefined {
  const step = Number(/^\*\/(\d+)$/.exec(field)?.[1]);
  return Number.isInteger(step) && step > 0 ? step * unitSeconds : undefined;
}

function scheduleOf(backup: BackupSet, world: World): { readonly enabled?: boolean; readonly cronExpression: string } | undefined {
  const ref = { namespace: backup.metadata.namespace ?? '', name: backup.metadata.labels?.[LABEL.backupSchedule] ?? '' };
  const schedules = read<Schedule>(world, RESOURCES.backupSchedule, ref)?.spec?.schedules ?? [];
  return schedules.find(({ backupMethod }) => backupMethod === backup.spec?.backupMethod);
}
