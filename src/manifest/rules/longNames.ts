import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { MAX_LABEL } from '../../kubeblocks/names';
import type { Rule } from './rule';

/**
 * @see pkg/dataprotection/backup/utils.go BuildBackupWorkloadLabels: label backup-name
 * @see controllers/dataprotection/backup_controller.go: labels backup-policy and backup-repo-name
 * @see pkg/dataprotection/backup/scheduler.go: label backup-schedule
 * @see apecloud/kubeblocks#10148
 */
export const longNames: Rule = {
  code: 'KB-B008',
  severity: 'error',
  title: 'Name too long for the labels made of it',
  lines: LINES,
  kinds: ['Backup', 'BackupPolicy', 'BackupSchedule', 'BackupRepo'],
  check(context) {
    const name = context.root.at('metadata', 'name');
    if (name.text === undefined || name.text.length <= MAX_LABEL) return;
    context.report(name, l10n.t('This name has {0} characters. KubeBlocks writes it into a label, which holds {1}: Kubernetes refuses what carries the label, and no backup is made.', name.text.length, MAX_LABEL));
  },
};
