import type { Field } from '../field';
import { opsBackup } from './opsBackup';
import type { RuleContext } from './ruleContext';

/** A place that names a backup method of a policy. */
export interface MethodUse {
  readonly policy: string | undefined;
  readonly method: Field;
  /** The map that names the method: `parameters`, `parentBackupName` and the like stand beside it. */
  readonly backup: Field;
}

/** Where a Backup, a BackupSchedule or an OpsRequest names a method. What a backup or a request that the cluster holds already asked for was decided when it was made. */
export function methodUses(context: RuleContext): readonly MethodUse[] {
  const { spec, object } = context;
  switch (object.kind) {
    case 'Backup':
      if (object.name !== undefined && context.findLive('Backup', object.name) !== undefined) return [];
      return [{ policy: spec.at('backupPolicyName').text, method: spec.at('backupMethod'), backup: spec }];
    case 'BackupSchedule':
      return spec.at('schedules').items.map((schedule) => ({ policy: spec.at('backupPolicyName').text, method: schedule.at('backupMethod'), backup: schedule }));
    case 'OpsRequest': {
      const backup = opsBackup(context);
      return backup === undefined ? [] : [{ policy: backup.at('backupPolicyName').text, method: backup.at('backupMethod'), backup }];
    }
    default:
      return [];
  }
}
