import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { archiveInterval } from '../../kubeblocks/schedules';
import type { Rule } from './rule';
import { scheduleLists } from './scheduleEntries';

/** @see pkg/dataprotection/action/action_stateful.go getIntervalSeconds: the step of the minute field, else of the hour field, else 60 s */
export const scheduleLogInterval: Rule = {
  code: 'KB-S007',
  severity: 'info',
  title: 'Cron expression of a log backup, which is only an interval',
  lines: LINES.filter((line) => line !== '0.7' && line !== '0.8'),
  kinds: ['BackupSchedule'],
  check(context) {
    for (const { schedule, type } of scheduleLists(context).flat()) {
      const cron = schedule.at('cronExpression');
      if (type !== 'Continuous' || cron.text === undefined || schedule.at('enabled').boolean !== true) continue;
      if (archiveInterval(cron.text) !== MINUTE_MS || /^(?:\*|\*\/1)\s/.test(cron.text)) continue;
      context.report(cron, l10n.t('A log backup runs all the time; of its cron expression only */N minutes or hours counts, as the interval. This one means every 60 seconds. Write */5 * * * * for every 5 minutes.'), { fixes: context.changesTo(cron, ['* * * * *', '*/5 * * * *']) });
    }
  },
};

const MINUTE_MS = 60_000;
