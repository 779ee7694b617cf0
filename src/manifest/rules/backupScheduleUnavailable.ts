import * as l10n from '@vscode/l10n';
import { LABELS } from '../../kubeblocks/labels';
import type { BackupSchedule } from '../../kubeblocks/objects';
import { originText } from '../facts/originText';
import { addonType } from './addonMethods';
import { methodFacts } from './methodFacts';
import { methodUses } from './methodUses';
import type { Rule } from './rule';

/** @see controllers/dataprotection/backup_controller.go validateContinuousBackup: the schedule that label backup-schedule names must be Available */
export const backupScheduleUnavailable: Rule = {
  code: 'KB-B011',
  severity: 'error',
  title: 'Log backup of a schedule that is not Available',
  lines: ['0.9', '1.0', '1.1', '1.2'],
  kinds: ['Backup'],
  check(context) {
    const [use] = methodUses(context);
    const label = context.root.at('metadata', 'labels', LABELS.backupSchedule);
    if (use === undefined || label.text === undefined || (methodFacts(use.policy, use.method.text, context)?.type ?? addonType(use.method.text)) !== 'Continuous') return;
    const schedule = context.find('BackupSchedule', label.text);
    if (schedule === undefined) {
      if (context.all('BackupSchedule').certainty === 'allowed') context.report(label, l10n.t('There is no schedule {0} in this namespace: the log backup fails. The schedule makes it by itself.', label.text));
      return;
    }
    const phase = (schedule.object as BackupSchedule).status?.phase;
    if (schedule.origin.kind !== 'cluster' || phase === undefined || phase === 'Available') return;
    context.report(label, l10n.t('Schedule {0} {1} is {2}, and only one that is Available may have a log backup: it fails. Correct the schedule, which then makes it by itself.', label.text, originText(schedule.origin), phase));
  },
};
