import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { removal } from '../removal';
import type { Rule } from './rule';

/**
 * @see pkg/dataprotection/backup/scheduler.go: startingDeadlineSeconds of the CronJob is the minutes times 60
 * @see kubernetes.io: a CronJob with a deadline under 10 seconds may not be scheduled, since it is looked at every 10 seconds
 */
export const scheduleDeadline: Rule = {
  code: 'KB-S009',
  severity: 'warning',
  title: 'Starting deadline of no time at all',
  lines: LINES,
  kinds: ['BackupSchedule', 'Cluster'],
  check(context) {
    const { spec, object } = context;
    const minutes = object.kind === 'Cluster' ? spec.at('backup', 'startingDeadlineMinutes') : spec.at('startingDeadlineMinutes');
    if (minutes.number !== 0) return;
    context.report(minutes, l10n.t('With 0 minutes a run that starts a moment late is skipped, and Kubernetes may start none. Write 1 or more, or leave it out.'), { fixes: [removal(object, minutes), context.set(minutes, 1)] });
  },
};
