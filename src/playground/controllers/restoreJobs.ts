import type { AnyObject, RestoreAction } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { read, readAll, refOf } from '../runtime/edits';
import type { World } from '../world';
import type { LogSource } from '../workloads/podLogs';
import { jobEnd, type Job, type Pod } from '../workloads/workload';
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
  logs: LogSource,
  world: World,
): readonly RestoreAction[] {
  const driven = planned.map((one) => {
    const key = `Job/${one.job.metadata.name}`;
    const known = before.find(({ objectKey }) => objectKey === key);
    return known?.status === 'Completed' || known?.status === 'Failed' ? known : drive(restore, one, known, logs, world);
  });
  const others = before.filter(({ objectKey }) => !driven.some((action) => action.objectKey === objectKey));
  return [...others, ...driven];
}

function drive(restore: RestoreRequest, planned: PlannedJob, known: RestoreAction | undefined, logs: LogSource, world: World): RestoreAction {
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
    : { ...ended, status: 'Failed', message: failedLog(planned.job, logs, world) ?? end.message };
}

/** What the job's last pod wrote, in place of the job's own word for its end. */
function failedLog({ metadata }: AnyObject, logs: LogSource, world: World): string | undefined {
  const { namespace = '', name } = metadata;
  const pod = readAll<Pod>(world, RESOURCES.pod, { namespace, labels: { 'job-name': name } }).at(-1);
  const log = pod === undefined ? undefined : logs.podLog(namespace, pod.metadata.name);
  return log === undefined ? undefined : `Log Collector Output: ${log}`;
}
