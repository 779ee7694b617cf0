import * as l10n from '@vscode/l10n';
import type { Rule } from './rule';

/**
 * @see controllers/dataprotection/backuppolicydriver_controller.go mergeClusterBackup: enabled false switches the schedule of the method off
 * @see apecloud/kubeblocks#3977, #4611: "can not found latest base backup"
 */
export const clusterBackupPitr: Rule = {
  code: 'KB-C006',
  severity: 'warning',
  title: 'Point-in-time recovery without full backups',
  lines: ['0.8', '0.9', '1.0', '1.1', '1.2'],
  kinds: ['Cluster'],
  check(context) {
    const backup = context.spec.at('backup');
    const enabled = backup.at('enabled');
    const pitr = backup.at('pitrEnabled');
    if (pitr.boolean !== true || enabled.boolean === true) return;
    context.report(pitr, l10n.t('The log is kept, but no full backup is made on schedule: a log leads nowhere without one before it. Set enabled to true, or make full backups yourself.'), { fixes: [context.setValue(l10n.t('Switch the backups on'), enabled, true)] });
  },
};
