import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { nearestName } from '../nearestName';
import { methodFields } from './methodFields';
import type { Rule } from './rule';

/**
 * @see controllers/dataprotection/backup_controller.go: the ActionSet of the method is read first
 * @see controllers/dataprotection/backuppolicytemplate_controller.go: "ActionSet %q not found"
 * @see apecloud/kubeblocks#4304
 */
export const methodActionSet: Rule = {
  code: 'KB-P006',
  severity: 'error',
  title: 'Backup method whose action set does not exist',
  lines: LINES,
  kinds: ['BackupPolicy', 'BackupPolicyTemplate'],
  check(context) {
    const known = context.all('ActionSet');
    if (known.certainty !== 'allowed') return;
    const names = known.facts.map(({ object }) => object.metadata.name);
    for (const { method } of methodFields(context)) {
      const field = method.at('actionSetName');
      const name = field.text;
      if (name === undefined || name === '' || names.includes(name)) continue;
      const nearest = nearestName(name, names);
      const message =
        nearest === undefined
          ? l10n.t('There is no action set {0}: every backup with this method fails.', name)
          : l10n.t('There is no action set {0}; did you mean {1}? Every backup with this method fails.', name, nearest);
      context.report(field, message, { fixes: context.changesTo(field, [nearest]) });
    }
  },
};
