import type { World } from '../world';
import { between, faultLog, isFaulty, type Work } from './work';
import type { Pod } from './workload';

/** The stand-in for a restore tool that fills a volume. */
export function planRestoreWork(pod: Pod, world: World): Work {
  if (isFaulty(world, 'restore-job-fails', pod)) {
    const log = faultLog(world, 'restore-job-fails', 'pulling the backup failed: object not found\nfailed with exit code 1');
    return { runMs: between(world, 1500, 2500), exitCode: 1, log: { restore: log } };
  }
  const backup = pod.spec.containers[0]?.env?.find(({ name }) => name === 'DP_BACKUP_NAME')?.value ?? '';
  return {
    runMs: between(world, 6000, 10_000),
    exitCode: 0,
    log: { restore: [`pulling ${backup}`, 'decompressing', 'moving files into place', 'restore done'] },
  };
}
