import * as l10n from '@vscode/l10n';
import { actionSetType } from '../../kubeblocks/backupState';
import { originText } from '../facts/originText';
import { methodFields } from './methodFields';
import type { Rule } from './rule';

/**
 * @see seen on 1.0: every backup is Failed, "backupRepo for incremental backup can't be empty"
 * @see controllers/dataprotection/backup_controller.go: "backupRepo for incremental backup can't be empty", and a method with snapshotVolumes gets no repository
 */
export const snapshotIncremental: Rule = {
  code: 'KB-P013',
  severity: 'error',
  title: 'Incremental method that snapshots volumes',
  lines: ['0.9', '1.0', '1.1', '1.2'],
  kinds: ['BackupPolicy', 'BackupPolicyTemplate'],
  check(context) {
    for (const { method } of methodFields(context)) {
      const snapshot = method.at('snapshotVolumes');
      const actionSet = context.find('ActionSet', method.at('actionSetName').text ?? '');
      if (snapshot.boolean !== true || actionSet === undefined || actionSetType(actionSet.object) !== 'Incremental') continue;
      context.report(snapshot, l10n.t('Action set {0} {1} makes incremental backups, which need a repository, and a snapshot method has none: every backup with {2} fails.', actionSet.object.metadata.name, originText(actionSet.origin), method.at('name').text ?? ''), {
        part: 'key',
        fixes: [context.setValue(l10n.t('Change to {0}', 'false'), snapshot, false)],
      });
    }
  },
};
