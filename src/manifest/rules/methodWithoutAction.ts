import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { SNAPSHOT_METHOD } from './addonMethods';
import { methodFields } from './methodFields';
import type { Rule } from './rule';

/**
 * @see controllers/dataprotection/backup_controller.go: "backup method %s should specify snapshotVolumes or actionSetName"
 * @see controllers/dataprotection/backuppolicytemplate_controller.go: "backupMethod %q is missing an ActionSet name"
 */
export const methodWithoutAction: Rule = {
  code: 'KB-P001',
  severity: 'error',
  title: 'Backup method that says neither how nor with what',
  lines: LINES,
  kinds: ['BackupPolicy', 'BackupPolicyTemplate'],
  check(context) {
    for (const { method } of methodFields(context)) {
      const name = method.at('name');
      if (name.text === undefined || method.at('snapshotVolumes').boolean === true) continue;
      const actionSet = method.at('actionSetName');
      if (actionSet.isWritten && actionSet.text !== '') continue;
      context.report(name, l10n.t('Backup method {0} has neither an actionSetName nor snapshotVolumes: true. Every backup with it fails.', name.text), { fixes: name.text === SNAPSHOT_METHOD ? [context.set(method.at('snapshotVolumes'), true)] : [] });
    }
  },
};
