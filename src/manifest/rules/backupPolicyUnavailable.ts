import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import type { BackupPolicy } from '../../kubeblocks/objects';
import { originText } from '../facts/originText';
import { methodUses } from './methodUses';
import type { Rule } from './rule';

/** @see controllers/dataprotection/backup_controller.go: "phase of backupPolicy %q is Unavailable" */
export const backupPolicyUnavailable: Rule = {
  code: 'KB-B004',
  severity: 'error',
  title: 'Backup policy that is Unavailable',
  lines: LINES,
  kinds: ['Backup', 'OpsRequest'],
  check(context) {
    const field = methodUses(context)[0]?.backup.at('backupPolicyName');
    const policy = field?.text === undefined ? undefined : context.find('BackupPolicy', field.text);
    if (field === undefined || policy?.origin.kind !== 'cluster') return;
    const status = (policy.object as BackupPolicy).status;
    if (status?.phase !== 'Unavailable') return;
    context.report(field, l10n.t('Backup policy {0} {1} is Unavailable ({2}): the backup fails at once. Correct the policy first.', field.text ?? '', originText(policy.origin), status.message ?? ''));
  },
};
