import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { addonType } from './addonMethods';
import { methodFacts } from './methodFacts';
import { methodUses } from './methodUses';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see controllers/dataprotection/backup_controller.go: "continuous backup is only allowed to be created by backupSchedule"
 * @see apecloud/kubeblocks#7021, PR #7228
 */
export const backupContinuousMethod: Rule = {
  code: 'KB-B002',
  severity: 'error',
  title: 'Log backup made by hand',
  lines: LINES.filter((line) => line !== '0.7' && line !== '0.8'),
  kinds: ['Backup', 'OpsRequest'],
  check(context) {
    for (const { policy, method } of methodUses(context)) {
      const name = method.text;
      if (name === undefined || isOfSchedule(context) || !isContinuous(name, policy, context)) continue;
      context.report(method, l10n.t('{0} is a log backup, which only a BackupSchedule may start: a Backup made by hand fails. Switch the method on in the BackupSchedule of the policy.', name));
    }
  },
};

/** The schedule's controller writes such Backups itself, and says so. */
function isOfSchedule({ root }: RuleContext): boolean {
  return root.at('metadata', 'labels', 'dataprotection.kubeblocks.io/backup-schedule').isWritten;
}

/** By the action set, where it is known; else by the name. */
function isContinuous(method: string, policyName: string | undefined, context: RuleContext): boolean {
  return (methodFacts(policyName, method, context)?.type ?? addonType(method)) === 'Continuous';
}
