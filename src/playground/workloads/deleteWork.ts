import type { World } from '../world';
import { between, faultLog, isFaulty, type Work } from './work';
import type { Pod } from './workload';

/** The stand-in for the job that removes a backup's files from its repository. */
export function planDeleteWork(pod: Pod, world: World): Work {
  if (isFaulty(world, 'delete-job-fails', pod) || isFaulty(world, 'delete-job-fails', named(pod))) {
    const log = faultLog(world, 'delete-job-fails', 'removing backup files: access denied');
    return { runMs: 1500, exitCode: 1, log: { deleter: log } };
  }
  const path = /"(\/[^"]*)"/.exec(pod.spec.containers[0]?.args?.[0] ?? '')?.[1] ?? '';
  return { runMs: between(world, 1500, 2500), exitCode: 0, log: { deleter: [`removing backup files in ${path}`, 'done'] } };
}

/** The pod under the name of its backup: `<uid8>-delete-<backup>-<suffix>`. */
function named(pod: Pod): Pod {
  const backup = /^[0-9a-f]{8}-(?:pre)?delete-(.+)-[a-z0-9]{5}$/.exec(pod.metadata.name)?.[1] ?? pod.metadata.name;
  return { ...pod, metadata: { ...pod.metadata, name: backup } };
}
