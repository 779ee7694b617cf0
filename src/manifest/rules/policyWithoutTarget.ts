import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import type { Field } from '../field';
import { methodFields } from './methodFields';
import type { Rule } from './rule';

/**
 * @see controllers/dataprotection/backup_controller.go: target and targets of the policy are empty
 * @see pkg/dataprotection/utils/utils.go GetBackupTargets: an empty list counts as none
 */
export const policyWithoutTarget: Rule = {
  code: 'KB-P002',
  severity: 'error',
  title: 'Backup method without a target to back up',
  lines: LINES.filter((line) => line !== '0.7' && line !== '0.8'),
  kinds: ['BackupPolicy'],
  check(context) {
    const targets = context.spec.at('targets');
    if (targets.node?.type !== 'list' || hasTarget(context.spec)) return;
    const lost = methodFields(context).flatMap(({ method }) => (hasTarget(method) ? [] : (method.at('name').text ?? [])));
    if (lost.length === 0) return;
    context.report(targets, l10n.t('The list of targets is empty, and these methods have no target of their own: {0}. Every backup with them fails.', lost.join(', ')), { part: 'key' });
  },
};

function hasTarget(holder: Field): boolean {
  return holder.at('target').isWritten || holder.at('targets').items.length > 0;
}
