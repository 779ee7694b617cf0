import * as l10n from '@vscode/l10n';
import type { Rule } from './rule';

/**
 * @see controllers/apps/cluster/restore_intent.go: group and kind go unchecked into the dataSourceRef of every volume
 * @see controllers/dataprotection/volumepopulator_controller.go: only Backup of dataprotection.kubeblocks.io is filled
 */
export const restoreSourceKind: Rule = {
  code: 'KB-C001',
  severity: 'error',
  title: 'Cluster restored from what is no backup',
  lines: ['1.2'],
  kinds: ['Cluster'],
  check(context) {
    const source = context.spec.at('restore', 'source');
    for (const [key, wanted] of [['apiGroup', 'dataprotection.kubeblocks.io'], ['kind', 'Backup']] as const) {
      const field = source.at(key);
      if (field.text === undefined || field.text === wanted) continue;
      context.report(field, l10n.t('"{0}" is not checked, but nothing answers to it: the volumes stay Pending. It must be {1}.', field.text, wanted), { fixes: context.changesTo(field, [wanted]) });
    }
  },
};
