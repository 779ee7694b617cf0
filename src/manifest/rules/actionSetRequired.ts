import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import type { Rule } from './rule';

/** @see pkg/dataprotection/utils/utils.go ValidateParameters: given parameters must be in withParameters, and are then held against the whole schema, required names included */
export const actionSetRequired: Rule = {
  code: 'KB-A004',
  severity: 'warning',
  title: 'Required parameter that nobody can give',
  lines: LINES.filter((line) => line !== '0.7' && line !== '0.8'),
  kinds: ['ActionSet'],
  check(context) {
    const { spec } = context;
    for (const required of spec.at('parametersSchema', 'openAPIV3Schema', 'required').items) {
      const name = required.text;
      if (name === undefined) continue;
      const isDeclared = spec.at('parametersSchema', 'openAPIV3Schema', 'properties', name).isWritten;
      const shut = ['backup', 'restore'].filter((use) => {
        const given = spec.at(use, 'withParameters').items.map((item) => item.text);
        return given.length > 0 && !given.includes(name);
      });
      for (const use of shut) {
        const message =
          use === 'backup'
            ? l10n.t('{0} is required, but backup.withParameters does not list it: a backup that gives any parameter fails, since it may not give this one.', name)
            : l10n.t('{0} is required, but restore.withParameters does not list it: a restore that gives any parameter fails, since it may not give this one.', name);
        context.report(required, message, { fixes: !isDeclared ? [] : [{ title: l10n.t('Add {0} to {1}', name, `${use}.withParameters`), edits: [{ kind: 'insert', object: context.object, path: spec.at(use, 'withParameters').path, value: name }] }] });
      }
    }
  },
};
