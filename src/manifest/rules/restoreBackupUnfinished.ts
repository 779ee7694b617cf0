import * as l10n from '@vscode/l10n';
import { backupState, backupType } from '../../kubeblocks/backupState';
import { backupStateText } from '../../kubeblocks/backupText';
import { LINES } from '../../kubeblocks/kinds';
import type { Backup } from '../../kubeblocks/objects';
import { originText } from '../facts/originText';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';
import { restoreUses, type RestoreUse } from './restoreUses';

/**
 * @see pkg/operations/restore.go: "only completed backup can be used to restore"
 * @see pkg/dataprotection/restore/utils.go: "phase of backup is not completed"
 * @see seen on 1.0: the annotation leaves the Cluster Creating for ever
 */
export const restoreBackupUnfinished: Rule = {
  code: 'KB-T002',
  severity: 'error',
  title: 'Restore of a backup that is not completed',
  lines: LINES,
  kinds: ['Cluster', 'OpsRequest', 'Restore'],
  check(context) {
    for (const use of restoreUses(context)) checkUse(use, context);
  },
};

/** What is still at work may be done by then; what failed, or is going, never will. */
function checkUse({ backup: { text, field, within }, namespace }: RestoreUse, context: RuleContext): void {
  const fact = context.find('Backup', text, namespace);
  if (fact?.origin.kind !== 'cluster') return;
  const backup = fact.object as Backup;
  const state = backupState(backup);
  if (state === 'completed' || (backupType(backup) === 'Continuous' && state !== 'deleting')) return;
  const isFinal = state === 'failed' || state === 'deleting';
  const message = isFinal
    ? l10n.t('Backup {0} {1} is {2}: only a completed backup can be restored.', text, originText(fact.origin), backupStateText(state))
    : l10n.t('Backup {0} {1} is {2}: wait until it is completed, or the restore fails.', text, originText(fact.origin), backupStateText(state));
  context.report(field, message, { ...(within !== undefined && { within }), severity: isFinal ? 'error' : 'warning' });
}
