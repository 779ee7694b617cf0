import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { originText } from '../facts/originText';
import { nearestName } from '../nearestName';
import { methodUses, type MethodUse } from './methodUses';
import { policyMethods } from './policyMethods';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';
import { unknownMethodEffect } from './unknownMethodEffect';

/**
 * @see controllers/dataprotection/backup_controller.go: "backupMethod: %s not found"
 * @see pkg/dataprotection/backup/scheduler.go: "backup method %s is not in backup policy %s/%s"
 * @see pkg/operations/backup.go: an OpsRequest stays Creating for ever
 */
export const backupUnknownMethod: Rule = {
  code: 'KB-B001',
  severity: 'error',
  title: 'Backup method that the policy does not have',
  lines: LINES,
  kinds: ['Backup', 'BackupSchedule', 'OpsRequest'],
  check(context) {
    for (const use of methodUses(context)) checkUse(use, context);
  },
};

function checkUse({ policy: policyName, method }: MethodUse, context: RuleContext): void {
  const name = method.text;
  if (name === undefined || policyName === undefined) return;
  const policy = context.find('BackupPolicy', policyName);
  if (policy === undefined) return;
  const names = policyMethods(policy).map((each) => each.name);
  if (names.length === 0 || names.includes(name)) return;
  const nearest = nearestName(name, names) ?? (names.length === 1 ? names[0] : undefined);
  const message = l10n.t('Backup method {0} is not in policy {1} {2} (it has {3}). {4}', name, policyName, originText(policy.origin), names.join(', '), unknownMethodEffect(context.object.kind));
  context.report(method, message, {
    related: context.related(policy, ['spec', 'backupMethods'], l10n.t('The methods of {0}', policyName)),
    fixes: context.changesTo(method, [nearest]),
  });
}
