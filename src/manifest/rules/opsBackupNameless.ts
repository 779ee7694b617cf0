import * as l10n from '@vscode/l10n';
import { asChoices } from '../asChoices';
import { opsBackup } from './opsBackup';
import type { Rule } from './rule';

/**
 * @see pkg/operations/backup.go: a generated name is that of the second
 * @see seen on 1.0, once in two runs: two Backups a second apart
 */
export const opsBackupNameless: Rule = {
  code: 'KB-O003',
  severity: 'hint',
  title: 'Backup request that may make two backups',
  lines: ['1.0', '1.1', '1.2'],
  kinds: ['OpsRequest'],
  check(context) {
    const backup = opsBackup(context);
    // A request with a generated name is made to be created again and again, which a fixed name would not allow.
    const { name } = context.object;
    if (backup === undefined || backup.at('backupName').text || name === undefined) return;
    if (!backup.isWritten && context.spec.at('restore').isWritten) return;
    context.report(backup.isWritten ? backup : context.spec.at('type'), l10n.t('Without backupName the name is made from the current second, and a request that is handled twice makes two backups. Name the backup.'), { part: 'key', fixes: context.find('Backup', name) === undefined ? asChoices([context.setValue(l10n.t('Name it {0}', name), backup.at('backupName'), name)]) : [] });
  },
};
