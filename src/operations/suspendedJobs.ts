import { LABELS } from '../kubeblocks/labels';
import type { CronJob } from '../kubeblocks/scheduleJobs';
import type { OperationDeps } from './ports';
import { unlessForbidden } from './unlessForbidden';
import { WORKLOADS } from './workloadKinds';

/** Names of the CronJobs of schedules that are suspended in a namespace; none where they may not be listed. */
export async function suspendedJobsIn({ api, logger }: Pick<OperationDeps, 'api' | 'logger'>, namespace: string): Promise<ReadonlySet<string>> {
  const names = await unlessForbidden(logger, `the CronJobs of schedules in ${namespace}`, async () => {
    const suspended = new Set<string>();
    for await (const { items } of api.listPages<CronJob>(WORKLOADS.cronJob, namespace, { labelSelector: LABELS.backupSchedule })) {
      items.filter(({ spec }) => spec?.suspend === true).forEach(({ metadata }) => suspended.add(metadata.name));
    }
    return suspended;
  });
  return names ?? new Set();
}
