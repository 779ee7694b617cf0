import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { removal } from '../removal';
import type { Rule } from './rule';

/**
 * @see pkg/dataprotection/backup/request.go: "action %s has no exec or job"
 * @see pkg/dataprotection/backup/request.go: "action %s should have only one of exec or job"
 */
export const actionExecOrJob: Rule = {
  code: 'KB-A001',
  severity: 'error',
  title: 'Action with neither or both of exec and job',
  lines: LINES,
  kinds: ['ActionSet'],
  check(context) {
    for (const list of ['preBackup', 'postBackup']) {
      for (const action of context.spec.at('backup', list).items) {
        const exec = action.at('exec').isWritten;
        const job = action.at('job').isWritten;
        if (action.node?.type !== 'map' || exec !== job) continue;
        if (exec) {
          context.report(action.at('job'), l10n.t('An action has either exec or job, not both: every backup with this action set fails.'), { part: 'key', fixes: ['exec', 'job'].map((key) => removal(context.object, action.at(key))) });
        } else {
          context.report(action, l10n.t('An action needs exec (a command in a container of the database) or job (a pod of its own): every backup with this action set fails.'));
        }
      }
    }
  },
};
