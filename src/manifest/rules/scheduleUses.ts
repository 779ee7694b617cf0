import type { Field } from '../field';
import type { RuleContext } from './ruleContext';

/** One stanza that makes backups at times: of a BackupSchedule, a template, or a Cluster. */
export interface ScheduleUse {
  readonly method: Field;
  readonly crons: readonly Field[];
  readonly retention: Field;
}

export function scheduleUses({ spec, object }: RuleContext): readonly ScheduleUse[] {
  switch (object.kind) {
    case 'BackupSchedule':
      return spec.at('schedules').items.map(scheduleUse);
    case 'BackupPolicyTemplate':
      return [...spec.at('schedules').items, ...spec.at('backupPolicies').items.flatMap((policy) => policy.at('schedules').items)].map(scheduleUse);
    case 'Cluster': {
      const backup = spec.at('backup');
      return [{ method: backup.at('method'), crons: [backup.at('cronExpression'), backup.at('incrementalCronExpression')], retention: backup.at('retentionPeriod') }];
    }
    default:
      return [];
  }
}

function scheduleUse(schedule: Field): ScheduleUse {
  return { method: schedule.at('backupMethod'), crons: [schedule.at('cronExpression')], retention: schedule.at('retentionPeriod') };
}
