import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { NEEDS_NO_BASE } from './addonMethods';
import type { Rule } from './rule';
import { scheduleLists } from './scheduleEntries';

/**
 * @see pkg/dataprotection/restore/manager.go: "can not found latest full or incremental backup"
 * @see apecloud/kubeblocks#3977, #4611
 */
export const scheduleLogAlone: Rule = {
  code: 'KB-S005',
  severity: 'warning',
  title: 'Log backup without base backups',
  lines: LINES,
  kinds: ['BackupSchedule', 'BackupPolicyTemplate'],
  check(context) {
    for (const entries of scheduleLists(context)) {
      const enabled = entries.filter(({ schedule }) => schedule.at('enabled').boolean === true);
      if (enabled.some(({ type }) => type !== 'Continuous')) continue;
      for (const { schedule, baseBackupRequired } of enabled) {
        if (baseBackupRequired === false || NEEDS_NO_BASE.has(schedule.at('backupMethod').text ?? '')) continue;
        context.report(schedule.at('backupMethod'), l10n.t('Only the log is backed up: a restore to a point in time needs a full backup before it, and no schedule makes one. Enable a schedule of a full method too.'));
      }
    }
  },
};
