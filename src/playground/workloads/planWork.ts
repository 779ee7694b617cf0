import type { World } from '../world';
import { planBackupWork } from './backupWork';
import { planDeleteWork } from './deleteWork';
import { planPreCheckWork } from './preCheckWork';
import { planRestoreWork } from './restoreWork';
import { planScheduleWork } from './scheduleWork';
import { between, faultLog, isFaulty, type Work } from './work';
import type { Pod } from './workload';

const PLANS: Readonly<Record<string, (pod: Pod, world: World) => Work>> = {
  backupdata: planBackupWork,
  restore: planRestoreWork,
  deleter: planDeleteWork,
  'pre-check': planPreCheckWork,
  'backup-schedule': planScheduleWork,
};

/** The work of a pod that ends by itself, by its main container's name, as KubeBlocks' builders name them. */
export function planWork(pod: Pod, world: World): Work {
  const main = pod.spec.containers[0]?.name ?? '';
  return PLANS[main]?.(pod, world) ?? planShortWork(pod, world);
}

/** Hooks (pre- and post-backup, post-ready): a second or two of work nobody looks into. */
function planShortWork(pod: Pod, world: World): Work {
  const main = pod.spec.containers[0]?.name ?? 'main';
  if (isRestoreHook(pod) && isFaulty(world, 'restore-job-fails', pod)) {
    return { runMs: 1500, exitCode: 1, log: { [main]: faultLog(world, 'restore-job-fails', 'connection to the restored database refused') } };
  }
  return { runMs: between(world, 1200, 2200), exitCode: 0, log: { [main]: ['done'] } };
}

function isRestoreHook(pod: Pod): boolean {
  return pod.metadata.name.startsWith('restore-post-ready');
}
