import * as l10n from '@vscode/l10n';
import { actionSetType, type BackupType } from '../../kubeblocks/backupState';
import type { Field } from '../field';
import { methodFields } from './methodFields';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see controllers/dataprotection/utils.go FindParentBackupIfNotSet: a base is the latest Full backup of compatibleMethod
 * @see controllers/dataprotection/backup_controller.go: "parent backup type is %s, but only full and incremental backup are supported"
 */
export const compatibleMethodType: Rule = {
  code: 'KB-P014',
  severity: 'error',
  title: 'Incremental method that builds on what makes no full backups',
  lines: ['0.9', '1.0', '1.1', '1.2'],
  kinds: ['BackupPolicy', 'BackupPolicyTemplate'],
  check(context) {
    for (const { method, holder } of methodFields(context)) {
      const field = method.at('compatibleMethod');
      const base = holder.at('backupMethods').items.find((each) => each.at('name').text === field.text);
      const type = base === undefined ? undefined : typeOf(base, context);
      if (field.text === undefined || field.text === '' || type === undefined || type === 'Full') continue;
      const fulls = holder.at('backupMethods').items.filter((each) => each.at('snapshotVolumes').boolean !== true && typeOf(each, context) === 'Full').map((each) => each.at('name').text);
      context.report(field, l10n.t('{0} makes backups of type {1}, and an incremental backup builds on full ones: {2} never finds a base, and every backup with it fails.', field.text, type, method.at('name').text ?? ''), { fixes: context.changesTo(field, fulls) });
    }
  },
};

function typeOf(method: Field, context: RuleContext): BackupType | undefined {
  const name = method.at('actionSetName').text ?? '';
  if (name === '') return method.at('snapshotVolumes').boolean === true ? 'Full' : undefined;
  const actionSet = context.find('ActionSet', name);
  return actionSet === undefined ? undefined : actionSetType(actionSet.object);
}
