import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { nearestName } from '../nearestName';
import type { Rule } from './rule';

/**
 * @see controllers/dataprotection/actionset_controller.go: "parameter %s is not defined in the parametersSchema"
 * @see controllers/dataprotection/actionset_controller.go: "the parametersSchema is invalid"
 */
export const actionSetParameters: Rule = {
  code: 'KB-A002',
  severity: 'error',
  title: 'Parameter that the schema of the action set does not declare',
  lines: LINES.filter((line) => line !== '0.7' && line !== '0.8'),
  kinds: ['ActionSet'],
  check(context) {
    const names = context.spec.at('parametersSchema', 'openAPIV3Schema', 'properties').entries.map(({ key }) => key);
    for (const use of ['backup', 'restore']) {
      for (const field of context.spec.at(use, 'withParameters').items) {
        if (field.text === undefined || names.includes(field.text)) continue;
        const nearest = nearestName(field.text, names);
        const message =
          names.length === 0
            ? l10n.t('{0} has no schema: parametersSchema.openAPIV3Schema declares no properties. The action set becomes Unavailable, and a backup or restore that gives a parameter fails.', field.text)
            : l10n.t('{0} is not among the properties of parametersSchema ({1}). The action set becomes Unavailable, and a backup or restore that gives it fails.', field.text, names.join(', '));
        context.report(field, message, { fixes: context.changesTo(field, [nearest]) });
      }
    }
  },
};
