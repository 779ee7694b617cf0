import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import type { Rule } from './rule';

/**
 * @see pkg/dataprotection/utils/utils.go GetBackupMethodByName: the first of the name is taken
 * @see the CRDs make no map of the list, so the API server takes it
 */
export const policyMethodNames: Rule = {
  code: 'KB-P017',
  severity: 'warning',
  title: 'Two backup methods of the same name',
  lines: LINES,
  kinds: ['BackupPolicy', 'BackupPolicyTemplate'],
  check(context) {
    const seen = new Set<string>();
    for (const method of context.spec.at('backupMethods').items) {
      const name = method.at('name');
      if (name.text === undefined) continue;
      if (seen.has(name.text)) {
        context.report(name, l10n.t('Another method is named {0} already, and KubeBlocks always takes the first: this one is never used.', name.text));
      }
      seen.add(name.text);
    }
  },
};
