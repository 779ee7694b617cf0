import type { World } from '../world';
import { between, faultLog, isFaulty, type Work } from './work';
import type { Pod } from './workload';

/** The stand-in for a repository's pre-check, which writes a small file, reads it back and removes it. */
export function planPreCheckWork(pod: Pod, world: World): Work {
  if (isFaulty(world, 'repo-precheck-fails', pod) || isFaulty(world, 'repo-precheck-fails', ownerNamed(pod))) {
    const log = faultLog(world, 'repo-precheck-fails', 'error: dial tcp 127.0.0.1:443: connect: connection refused');
    return { runMs: 1500, exitCode: 1, log: { 'pre-check': log } };
  }
  return { runMs: between(world, 1400, 2000), exitCode: 0, log: { 'pre-check': ['pre-check'] } };
}

/** The pod under the name of its repository: `pre-check-<uid8>-<repository>-<suffix>`. */
function ownerNamed(pod: Pod): Pod {
  const repository = /^pre-check-[0-9a-f]{8}-(.+)-[a-z0-9]{5}$/.exec(pod.metadata.name)?.[1] ?? pod.metadata.name;
  return { ...pod, metadata: { ...pod.metadata, name: repository } };
}
