import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import type { Rule } from './rule';
import { scheduleLists } from './scheduleEntries';

/**
 * @see pkg/dataprotection/backup/scheduler.go reconcileCronJob: only enabled: true runs
 * @see pkg/dataprotection/backup/scheduler.go reconcileForContinuous: only enabled: false does not run
 */
export const scheduleNotEnabled: Rule = {
  code: 'KB-S008',
  severity: 'warning',
  title: 'Schedule that does not say whether it is enabled',
  lines: LINES,
  kinds: ['BackupSchedule'],
  check(context) {
    for (const { schedule, type } of scheduleLists(context).flat()) {
      const method = schedule.at('backupMethod');
      if (schedule.at('enabled').isWritten || method.text === undefined || type === undefined) continue;
      const message =
        type === 'Continuous'
          ? l10n.t('Without enabled a log backup is started all the same. Say enabled: true or enabled: false.')
          : l10n.t('Without enabled: true this schedule never runs.');
      context.report(method, message, {
        severity: type === 'Continuous' ? 'info' : 'warning',
        fixes: [context.setValue(l10n.t('Enable it'), schedule.at('enabled'), true)],
      });
    }
  },
};
