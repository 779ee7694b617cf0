import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import type { Rule } from './rule';

/** @see pkg/dataprotection/backup/request.go: "unsupported backup type %s": the API takes Differential, the controller does not */
export const actionSetDifferential: Rule = {
  code: 'KB-A003',
  severity: 'error',
  title: 'Differential backups, which KubeBlocks cannot make',
  lines: LINES,
  kinds: ['ActionSet'],
  check(context) {
    const type = context.spec.at('backupType');
    if (type.text !== 'Differential' || !context.spec.at('backup', 'backupData').isWritten) return;
    context.report(type, l10n.t('KubeBlocks has no differential backups: every backup with this action set fails. Use Incremental.'), {
      fixes: context.line === '0.7' || context.line === '0.8' ? [] : context.changesTo(type, ['Incremental']),
    });
  },
};
