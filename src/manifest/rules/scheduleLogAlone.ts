import * as l10n from '@vscode/l10n';
import { leavesSnapshotsOut } from '../../kubeblocks/bases';
import { LINES } from '../../kubeblocks/kinds';
import { NEEDS_NO_BASE } from './addonMethods';
import type { Rule } from './rule';
import { scheduleLists, switchOn } from './scheduleEntries';

/**
 * @see pkg/dataprotection/restore/manager.go: "can not found latest full or incremental backup"
 * @see pkg/dataprotection/restore/manager.go getBaseBackupActionSetForContinuous: up to 1.1 not that the base is a snapshot; seen on real databases
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
      const others = enabled.filter(({ type }) => type !== 'Continuous');
      if (others.some(({ isSnapshot }) => !isSnapshot || !leavesSnapshotsOut(context))) continue;
      const message =
        others.length === 0
          ? l10n.t('Only the log is backed up: a restore to a point in time needs a full backup before it, and no schedule makes one. Enable a schedule of a full method too.')
          : snapshotsAlone();
      const bases = entries.filter(({ type, isSnapshot }) => type === 'Full' && !(isSnapshot && leavesSnapshotsOut(context))).map(({ schedule }) => schedule);
      for (const { schedule, type, baseBackupRequired } of enabled) {
        if (type !== 'Continuous' || baseBackupRequired === false || NEEDS_NO_BASE.has(schedule.at('backupMethod').text ?? '')) continue;
        context.report(schedule.at('backupMethod'), message, { fixes: switchOn(bases, context) });
      }
    }
  },
};

export function snapshotsAlone(): string {
  return l10n.t('Beside the log only snapshots are made: before KubeBlocks 1.2 a log that starts from a snapshot is restored without it, so no point in time can be restored. Enable a schedule of another full method too.');
}
