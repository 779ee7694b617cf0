import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { methodUses } from './methodUses';
import type { Rule } from './rule';

/**
 * @see controllers/dataprotection/backup_controller.go: event Retain, "can not delete the backup if deletionPolicy is Retain"
 * @see apis/dataprotection/v1alpha1/backup_types.go: that the content outlives the object is still to be done
 */
export const backupRetained: Rule = {
  code: 'KB-B007',
  severity: 'info',
  title: 'Backup that hangs when it is deleted',
  lines: LINES,
  kinds: ['Backup', 'OpsRequest'],
  check(context) {
    const policy = methodUses(context)[0]?.backup.at('deletionPolicy');
    if (policy?.text !== 'Retain') return;
    context.report(policy, l10n.t('Retain keeps no files when the Backup is deleted or expires: it keeps the deletion itself waiting, until this says Delete.'));
  },
};
