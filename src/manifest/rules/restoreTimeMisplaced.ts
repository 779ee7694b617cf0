import * as l10n from '@vscode/l10n';
import { backupType } from '../../kubeblocks/backupState';
import { LINES } from '../../kubeblocks/kinds';
import { asChoices } from '../asChoices';
import { originText } from '../facts/originText';
import { removal } from '../removal';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';
import { restoreUses, type RestoreUse } from './restoreUses';

/**
 * @see pkg/dataprotection/restore/manager.go BuildContinuousRestoreManager: a log is restored to an instant
 * @see pkg/operations/restore.go: a time is read for Continuous backups alone
 * @see apecloud/kubeblocks-addons#967
 */
export const restoreTimeMisplaced: Rule = {
  code: 'KB-T005',
  severity: 'error',
  title: 'Restore time and backup that do not go together',
  lines: LINES.filter((line) => line !== '0.7'),
  kinds: ['Cluster', 'OpsRequest', 'Restore'],
  check(context) {
    for (const use of restoreUses(context)) checkUse(use, context);
  },
};

function checkUse({ backup, namespace, time }: RestoreUse, context: RuleContext): void {
  const fact = context.find('Backup', backup.text, namespace);
  const type = fact === undefined ? undefined : backupType(fact.object);
  if (fact === undefined || type === undefined || (type === 'Continuous') === (time !== undefined)) return;
  const { field, within } = time ?? backup;
  const options = within === undefined ? {} : { within };
  if (time === undefined) {
    context.report(field, l10n.t('{0} {1} is a log backup, which is restored to an instant: without one the restore fails. Say which.', backup.text, originText(fact.origin)), options);
  } else {
    context.report(field, l10n.t('{0} {1} is a {2} backup, which is restored as it is: only a log backup goes to an instant. Take the time away, or name the log backup.', backup.text, originText(fact.origin), type), { ...options, severity: 'warning', fixes: within === undefined ? asChoices([removal(context.object, field)]) : [] });
  }
}
