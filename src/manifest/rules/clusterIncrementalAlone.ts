import * as l10n from '@vscode/l10n';
import type { Rule } from './rule';

/**
 * @see seen on 1.0: enabled false with incrementalBackupEnabled true leaves wal-g off and wal-g-incremental on
 * @see controllers/dataprotection/backuppolicydriver_controller.go mergeClusterBackup: enabled false switches the schedule of the method off, incrementalBackupEnabled true the other on
 * @see pkg/dataprotection/backup/scheduler.go buildCheckCommand: without a completed full backup the job ends, without a word
 */
export const clusterIncrementalAlone: Rule = {
  code: 'KB-C014',
  severity: 'warning',
  title: 'Incremental backups of a cluster without full ones',
  lines: ['0.9', '1.0', '1.1', '1.2'],
  kinds: ['Cluster'],
  check(context) {
    const backup = context.spec.at('backup');
    const enabled = backup.at('enabled');
    const incremental = backup.at('incrementalBackupEnabled');
    if (incremental.boolean !== true || enabled.boolean === true) return;
    context.report(incremental, l10n.t('Incremental backups build on full ones, and no full backup is made on schedule: without one made by hand nothing is backed up, and nothing says so. Set enabled to true.'), { fixes: [context.setValue(l10n.t('Switch the backups on'), enabled, true)] });
  },
};
