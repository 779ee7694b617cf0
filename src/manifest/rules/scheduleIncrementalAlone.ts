import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import type { Rule } from './rule';
import { scheduleLists, switchOn } from './scheduleEntries';

/**
 * @see pkg/dataprotection/backup/scheduler.go buildCheckCommand: without a completed full backup of compatibleMethod the job ends, without a word
 * @see apecloud/kubeblocks#8817, PR #9493
 */
export const scheduleIncrementalAlone: Rule = {
  code: 'KB-S004',
  severity: 'warning',
  title: 'Incremental schedule without a full one',
  lines: LINES.filter((line) => line !== '0.7' && line !== '0.8'),
  kinds: ['BackupSchedule', 'BackupPolicyTemplate'],
  check(context) {
    for (const entries of scheduleLists(context)) {
      const enabled = entries.filter(({ schedule }) => schedule.at('enabled').boolean === true);
      for (const { schedule, type, compatibleMethod } of enabled) {
        if (type !== 'Incremental' || compatibleMethod === undefined || enabled.some((other) => other.schedule.at('backupMethod').text === compatibleMethod)) continue;
        const [full] = entries.filter((other) => other.schedule.at('backupMethod').text === compatibleMethod);
        context.report(schedule.at('backupMethod'), l10n.t('These incremental backups build on full ones of {0}, which no schedule makes: without one made by hand nothing is backed up, and nothing says so. Enable a schedule of {0} too.', compatibleMethod), { fixes: switchOn(full === undefined ? [] : [full.schedule], context) });
      }
    }
  },
};
