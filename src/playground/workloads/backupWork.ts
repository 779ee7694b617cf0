import { patchStatus, read } from '../runtime/edits';
import { formatTimestamp } from '../runtime/clock';
import { RESOURCES } from '../resources';
import type { Backup } from '../../kubeblocks/objects';
import type { World } from '../world';
import { LABEL } from '../controllers/names';
import { dataBytes } from './dataSize';
import { between, faultLog, isFaulty, type Work } from './work';
import type { Pod } from './workload';

/** The stand-in for a backup tool and its `manager` sidecar, which writes size and time range before it ends. */
export function planBackupWork(pod: Pod, world: World): Work {
  if (isFaulty(world, 'backup-job-hangs', pod)) {
    return { runMs: undefined, exitCode: 0, log: { backupdata: ['waiting for the target to answer'], manager: [] } };
  }
  if (isFaulty(world, 'backup-job-fails', pod)) {
    const log = faultLog(world, 'backup-job-fails', 'backup tool failed: no space left on device\nfailed with exit code 1');
    return { runMs: between(world, 1500, 2500), exitCode: 1, log: { backupdata: log, manager: [] } };
  }
  return succeed(pod, world);
}

function succeed(pod: Pod, world: World): Work {
  const labels = pod.metadata.labels ?? {};
  const isIncremental = labels[LABEL.backupType] === 'Incremental';
  const runMs = isIncremental ? between(world, 4000, 7000) : between(world, 7500, 11_500);
  const data = dataBytes(pod, world);
  const stored = Math.round(data * (isIncremental ? 0.02 + 0.04 * world.random.next() : 0.3 + 0.1 * world.random.next()));
  const name = labels[LABEL.backupName] ?? '';
  const started = world.clock.now();
  return {
    runMs,
    exitCode: 0,
    log: {
      backupdata: [`backing up ${String(Math.round(data))} bytes`, `pushed /${name} (${String(stored)} bytes)`, 'backup done'],
      manager: ['waiting for the backup to end', `backup size: ${String(stored)}`, 'patched the backup status'],
    },
    midway: {
      atMs: Math.round(runMs * 0.85),
      act: () => {
        writeSize(pod, world, { name, stored, started });
      },
    },
  };
}

/** With several workers (strategy All, sharding) the sizes add up and the range spans them all. */
function writeSize(pod: Pod, world: World, work: { readonly name: string; readonly stored: number; readonly started: number }): void {
  const ref = { namespace: pod.metadata.namespace ?? '', name: work.name };
  const backup = read<Backup>(world, RESOURCES.backup, ref);
  if (backup?.status?.phase !== 'Running') return;
  const before = Number(backup.status.totalSize ?? '0');
  patchStatus(world, RESOURCES.backup, backup, {
    totalSize: String((Number.isFinite(before) ? before : 0) + work.stored),
    timeRange: {
      start: backup.status.timeRange?.start ?? formatTimestamp(work.started),
      end: world.clock.timestamp(),
    },
  });
}
