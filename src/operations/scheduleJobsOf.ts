import { KINDS } from '../kubeblocks/kinds';
import { ANNOTATIONS, LABELS } from '../kubeblocks/labels';
import type { BackupSchedule, KubeObject, SchedulePolicy } from '../kubeblocks/objects';
import type { CronJob } from '../kubeblocks/scheduleJobs';
import { lineName } from '../kubeblocks/schedulePlan';
import type { OperationDeps } from './ports';
import { unlessForbidden } from './unlessForbidden';
import { WORKLOADS } from './workloadKinds';

type Deps = Pick<OperationDeps, 'api' | 'logger'>;

/** The CronJobs of a schedule; undefined where they may not be listed. */
export function scheduleJobsOf({ api, logger }: Deps, { metadata: { name, namespace } }: BackupSchedule, signal?: AbortSignal): Promise<readonly CronJob[] | undefined> {
  const labelSelector = `${LABELS.backupSchedule}=${name}`;
  return unlessForbidden(logger, `the CronJobs of schedule ${name}`, async () => {
    const jobs: CronJob[] = [];
    for await (const { items } of api.listPages<CronJob>(WORKLOADS.cronJob, namespace, { labelSelector, ...(signal === undefined ? {} : { signal }) })) {
      jobs.push(...items);
    }
    return jobs;
  });
}

interface Template extends KubeObject {
  readonly spec?: { readonly schedules?: readonly SchedulePolicy[] };
}

/** Names of the lines of the template that a schedule was made from; none where it was made from none, undefined where it may not be read. */
export async function templateLinesOf({ api, logger }: Deps, { metadata: { annotations } }: BackupSchedule, signal?: AbortSignal): Promise<readonly string[] | undefined> {
  const template = annotations?.[ANNOTATIONS.policyTemplate];
  if (template === undefined) {
    return [];
  }
  return unlessForbidden(logger, `policy template ${template}`, async () => {
    const { spec } = await api.get<Template>(KINDS.backupPolicyTemplate, template, undefined, signal === undefined ? {} : { signal });
    return (spec?.schedules ?? []).map(lineName);
  });
}
