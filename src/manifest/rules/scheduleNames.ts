import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import type { Rule } from './rule';
import { scheduleLists } from './scheduleEntries';

/** @see pkg/dataprotection/utils/backup.go ValidateScheduleNames: "schedule name %s is duplicated"; the name defaults to that of the method */
export const scheduleNames: Rule = {
  code: 'KB-S003',
  severity: 'error',
  title: 'Two schedules of the same name',
  lines: LINES.filter((line) => line !== '0.7' && line !== '0.8'),
  kinds: ['BackupSchedule', 'BackupPolicyTemplate'],
  check(context) {
    for (const entries of scheduleLists(context)) {
      const names = entries.map(({ schedule }) => schedule.at('name').text ?? schedule.at('backupMethod').text);
      entries.forEach(({ schedule }, index) => {
        const name = names[index];
        if (name === undefined || names.indexOf(name) === index) return;
        const own = schedule.at('name');
        if (own.text !== undefined) {
          context.report(own, l10n.t('Another schedule is named {0} already. The schedule fails, and nothing is backed up.', name));
          return;
        }
        const free = freeName(name, names);
        context.report(schedule.at('backupMethod'), l10n.t('Two schedules of method {0} need names to tell them apart. The schedule fails, and nothing is backed up.', name), {
          fixes: [context.setValue(l10n.t('Name it {0}', free), own, free)],
        });
      });
    }
  },
};

function freeName(name: string, taken: readonly (string | undefined)[]): string {
  let number = 2;
  while (taken.includes(`${name}-${number}`)) number += 1;
  return `${name}-${number}`;
}
