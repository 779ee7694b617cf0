import * as l10n from '@vscode/l10n';
import type { ClusterEntry } from './clusterIndex';
import type { Inventory } from './inventory';
import type { BackupPolicy, BackupSchedule, SchedulePolicy } from './objects';
import { scheduleDrift } from './scheduleDrift';
import { lineJobs, orphanLines, type CronJob } from './scheduleJobs';
import { methodType } from './schedulePlace';
import { lineName } from './schedulePlan';
import { methodOf, scheduleRows } from './schedules';

/** Something that is not as it is written, and what can be done about it. */
export interface ScheduleTrouble {
  readonly line: string;
  readonly item: SchedulePolicy;
  /** Half a sentence: what is wrong with the line. */
  readonly problem: string;
  /** `orphan`: the line is gone, its CronJob is not. `cluster`: the Cluster says otherwise. `job`: the CronJob is otherwise. */
  readonly kind: 'orphan' | 'cluster' | 'job';
}

/** Where Cluster, BackupSchedule and CronJobs say different things. `jobs` undefined: they may not be read. */
export function scheduleTroubles(inventory: Inventory, entry: ClusterEntry, schedule: BackupSchedule, jobs: readonly CronJob[] | undefined, now: number): readonly ScheduleTrouble[] {
  const policy = policyOf(entry, schedule);
  const rows = scheduleRows(inventory, entry, now).filter((row) => row.schedule.metadata.name === schedule.metadata.name);
  const drifts = rows.flatMap((row): ScheduleTrouble[] => {
    const problem = scheduleDrift(inventory, entry, row);
    return problem === undefined ? [] : [{ line: lineName(row.item), item: row.item, problem, kind: 'cluster' }];
  });
  const isLog = (name: string): boolean => {
    const method = methodOf(policy, name);
    return method !== undefined && methodType(inventory, method) === 'Continuous';
  };
  const others = jobs === undefined ? [] : lineJobs(schedule, jobs, isLog).flatMap(({ item, problem }): ScheduleTrouble[] => (problem === undefined ? [] : [{ line: lineName(item), item, problem, kind: 'job' }]));
  const orphans = jobs === undefined ? [] : orphanLines(schedule, jobs).map((item): ScheduleTrouble => ({ line: lineName(item), item, problem: l10n.t('the line is gone, its CronJob goes on making backups'), kind: 'orphan' }));
  return [...drifts, ...others, ...orphans];
}

export function policyOf({ policies }: ClusterEntry, { metadata: { namespace }, spec }: BackupSchedule): BackupPolicy | undefined {
  return policies.find(({ metadata }) => metadata.name === spec?.backupPolicyName && metadata.namespace === namespace);
}
