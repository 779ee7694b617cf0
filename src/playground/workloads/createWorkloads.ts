import type { Controller } from '../world';
import { cronJobController } from './cronJobController';
import { csiProvisioner } from './csiProvisioner';
import { jobController } from './jobController';
import { createKubelet } from './kubelet';
import { logArchiver } from './logArchiver';
import type { PodLogs } from './podLogs';
import { createSnapshotter } from './snapshotter';
import { statefulSetController } from './statefulSetController';

/** Everything that a real cluster runs beside KubeBlocks, as small stand-ins. */
export function createWorkloads(logs: PodLogs): readonly Controller[] {
  return [
    createKubelet(logs),
    jobController,
    cronJobController,
    statefulSetController,
    csiProvisioner,
    createSnapshotter(),
    logArchiver,
  ];
}
