import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { nearestName } from '../nearestName';
import { methodHolders } from './methodFields';
import type { Rule } from './rule';

/** @see controllers/dataprotection/backuppolicytemplate_controller.go: "backupMethod %q not found in the spec.backupMethods" */
export const templateScheduleMethod: Rule = {
  code: 'KB-P008',
  severity: 'error',
  title: 'Schedule of a template for a method it does not have',
  lines: LINES,
  kinds: ['BackupPolicyTemplate'],
  check(context) {
    for (const holder of methodHolders(context)) {
      const names = holder.at('backupMethods').items.flatMap((method) => method.at('name').text ?? []);
      for (const schedule of holder.at('schedules').items) {
        const field = schedule.at('backupMethod');
        if (field.text === undefined || names.includes(field.text) || names.length === 0) continue;
        const nearest = nearestName(field.text, names);
        context.report(field, l10n.t('This template has no backup method {0} (it has {1}): the schedule that KubeBlocks makes from it fails.', field.text, names.join(', ')), {
          fixes: context.changesTo(field, [nearest]),
        });
      }
    }
  },
};
