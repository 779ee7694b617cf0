import type { AnyObject, RestoreAction } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { read, refOf } from '../runtime/edits';
import type { World } from '../world';
import { jobEnd, type Job } from '../workloads/workload';
import { COMPONENT } from './restoreStatus';
import type { RestoreRequest } from './shapes';

/** One job of a restore and the action that reports it. */
export interface PlannedJob {
  readonly actionName: string;
  readonly backupName: string;
  readonly job: AnyObject;
}

/** Creates the jobs that are not there and reports each; keeps what was reported before. */
export function driveJobs(
  restore: RestoreRequest,
  planned: readonly PlannedJob[],
  before: readonly RestoreAction[],
  world: World,
): readonly RestoreAction[] {
  const driven = planned.map((one) => {
    const key = `Job/${one.job.metadata.name}`;
    const known = before.find(({ objectKey }) => objectKey === key);
    return known?.status === 'Completed' || known?.status === 'Failed' ? known : drive(restore, one, known, world);
  });
  const others = before.filter(({ objectKey }) => !driven.some((action) => action.objectKey === objectKey));
  return [...others, ...driven];
}

function drive(restore: RestoreRequest, planned: PlannedJob, known: RestoreAction | undefined, world: World): RestoreAction {
  const ref = refOf(planned.job);
  const job = read<Job>(world, RESOURCES.job, ref);
  if (job === undefined) {
    world.store.create(RESOURCES.job, planned.job);
    world.event(restore, 'Normal', 'CreateRestoreJob', `created job ${ref.namespace ?? ''}/${ref.name}`, COMPONENT);
  }
  const objectKey = `Job/${ref.name}`;
  const action = {
    name: planned.actionName,
    backupName: planned.backupName,
    objectKey,
    startTime: known?.startTime ?? world.clock.timestamp(),
  };
  const end = job === undefined ? undefined : jobEnd(job);
  if (end === undefined) return { ...action, status: 'Processing', message: `"${objectKey}" is processing` };
  const ended = { ...action, endTime: world.clock.timestamp() };
  return end.ok
    ? { ...ended, status: 'Completed', message: `successfully processed the "${objectKey}"` }
    : { ...ended, status: 'Failed', message: end.message };
}
