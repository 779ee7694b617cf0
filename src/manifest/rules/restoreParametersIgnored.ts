import * as l10n from '@vscode/l10n';
import { restoredBy } from './restoreActionParameters';
import { restoresWithParameters } from './restoreParameterTexts';
import type { Rule } from './rule';

/** @see apecloud/kubeblocks-addons PR #3320: the restore of mydumper advertises databases and trx_tables, and its script reads neither */
export const restoreParametersIgnored: Rule = {
  code: 'KB-E007',
  severity: 'info',
  title: 'Restore parameter that the tool does not read',
  lines: ['1.0', '1.1', '1.2'],
  kinds: ['Cluster', 'OpsRequest', 'Restore'],
  check(context) {
    for (const restore of restoresWithParameters(context)) {
      const actionSet = restoredBy(restore, context)?.object.metadata.name ?? '';
      for (const { name, nameText } of restore.parameters) {
        if (IGNORED[actionSet]?.includes(name) !== true) continue;
        context.report(nameText.field, l10n.t('The restore script of {0} does not read {1}: everything that tables leaves over is restored.', actionSet, name), nameText.within === undefined ? {} : { within: nameText.within });
      }
    }
  },
};

const IGNORED: Readonly<Record<string, readonly string[] | undefined>> = { 'mysql-mydumper-br': ['databases', 'trx_tables'] };
