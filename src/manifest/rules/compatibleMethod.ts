import * as l10n from '@vscode/l10n';
import { actionSetType } from '../../kubeblocks/backupState';
import { LINES } from '../../kubeblocks/kinds';
import { nearestName } from '../nearestName';
import { methodFields, type MethodField } from './methodFields';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see controllers/dataprotection/utils.go FindParentBackupIfNotSet, ValidateParentBackup: a parent has the same method or the compatibleMethod, and the same policy
 * @see controllers/dataprotection/utils.go: "failed to find a valid parent backup"
 */
export const compatibleMethod: Rule = {
  code: 'KB-P007',
  severity: 'error',
  title: 'Incremental method without a full one to build on',
  lines: LINES.filter((line) => line !== '0.7' && line !== '0.8'),
  kinds: ['BackupPolicy', 'BackupPolicyTemplate'],
  check(context) {
    for (const use of methodFields(context)) checkMethod(use, context);
  },
};

function checkMethod({ method, holder }: MethodField, context: RuleContext): void {
  const name = method.at('name').text ?? '';
  const field = method.at('compatibleMethod');
  const others = holder.at('backupMethods').items.flatMap((each) => each.at('name').text ?? []).filter((each) => each !== name);
  if (field.text === undefined || field.text === '') {
    if (!field.isWritten && isIncremental(method.at('actionSetName').text, context)) {
      context.report(method.at('name'), l10n.t('{0} makes incremental backups, but names no compatibleMethod: it never finds a full backup to build on, and every backup fails.', name));
    }
    return;
  }
  if (others.includes(field.text)) return;
  const nearest = nearestName(field.text, others);
  context.report(field, l10n.t('compatibleMethod {0} is not another method of this policy (there are {1}): {2} never finds a full backup to build on, and every backup fails.', field.text, others.join(', '), name), {
    fixes: context.changesTo(field, [nearest]),
  });
}

function isIncremental(actionSetName: string | undefined, context: RuleContext): boolean {
  const found = actionSetName === undefined ? undefined : context.find('ActionSet', actionSetName);
  return found !== undefined && actionSetType(found.object) === 'Incremental';
}
