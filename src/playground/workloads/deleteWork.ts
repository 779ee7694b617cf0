import type { World } from '../world';
import { between, faultLog, isFaulty, type Work } from './work';
import type { Pod } from './workload';

/** The stand-in for the job that removes a backup's files from its repository. */
export function planDeleteWork(pod: Pod, world: World): Work {
  if (isFaulty(world, 'delete-job-fails', pod)) {
    const log = faultLog(world, 'delete-job-fails', 'removing backup files: access denied');
    return { runMs: 1500, exitCode: 1, log: { deleter: log } };
  }
  const path = pod.spec.containers[0]?.env?.find(({ name }) => name === 'DP_BACKUP_PATH')?.value ?? '';
  return { runMs: between(world, 1500, 2500), exitCode: 0, log: { deleter: [`removing backup files in ${path}`, 'done'] } };
}
