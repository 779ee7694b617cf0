import type { Field } from '../field';
import type { RuleContext } from './ruleContext';

/** A place that names a backup method of a policy. */
export interface MethodUse {
  readonly policy: string | undefined;
  readonly method: Field;
  /** The map that names the method: `parameters`, `parentBackupName` and the like stand beside it. */
  readonly backup: Field;
}

/** Where a Backup, a BackupSchedule or an OpsRequest names a method. */
export function methodUses(context: RuleContext): readonly MethodUse[] {
  const { spec, object } = context;
  switch (object.kind) {
    case 'Backup':
      return [{ policy: spec.at('backupPolicyName').text, method: spec.at('backupMethod'), backup: spec }];
    case 'BackupSchedule':
      return spec.at('schedules').items.map((schedule) => ({ policy: spec.at('backupPolicyName').text, method: schedule.at('backupMethod'), backup: schedule }));
    case 'OpsRequest': {
      const backup = spec.at(context.line === '0.7' || context.line === '0.8' || !spec.at('backup').isWritten ? 'backupSpec' : 'backup');
      return [{ policy: backup.at('backupPolicyName').text, method: backup.at('backupMethod'), backup }];
    }
    default:
      return [];
  }
}
