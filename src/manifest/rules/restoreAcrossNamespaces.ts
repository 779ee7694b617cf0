import * as l10n from '@vscode/l10n';
import { isSnapshot } from '../../kubeblocks/backupState';
import { LINES } from '../../kubeblocks/kinds';
import { restoreUses, type RestoreUse } from './restoreUses';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see pkg/controller/plan/restore.go of 0.7 and 0.8: "unsupported restore backup to different namespace"
 * @see apecloud/kubeblocks#10829: a snapshot backup never leaves its namespace
 * @see seen on the 1.2 line: the API server drops the dataSourceRef unless its gate CrossNamespaceVolumeDataSource is on, and the cluster starts empty
 */
export const restoreAcrossNamespaces: Rule = {
  code: 'KB-T007',
  severity: 'error',
  title: 'Restore from another namespace that cannot be',
  lines: LINES,
  kinds: ['Cluster', 'OpsRequest'],
  check(context) {
    const { namespace } = context.object;
    for (const use of restoreUses(context)) if (namespace !== undefined && use.namespace !== undefined && use.namespace !== namespace) checkUse(use, context);
  },
};

function checkUse({ backup, namespace }: RestoreUse, context: RuleContext): void {
  const { text, field, within } = backup;
  const options = within === undefined ? {} : { within };
  const from = namespace ?? '';
  const fact = context.find('Backup', text, from);
  if (context.line === '0.7' || context.line === '0.8') {
    context.report(field, l10n.t('KubeBlocks {0} restores only within a namespace, and the backup is in {1}: the restore is refused.', context.line, from), options);
  } else if (fact !== undefined && isSnapshot(fact.object)) {
    context.report(field, l10n.t('Backup {0} is a volume snapshot, which cannot leave namespace {1}: the restore never ends. Restore into {1}.', text, from), options);
  } else if (context.line === '1.2') {
    context.report(field, l10n.t('The backup is in namespace {0}: unless the API server has its gate CrossNamespaceVolumeDataSource on, it drops the volume\'s source, and the cluster starts empty. Restore into {0}.', from), { ...options, severity: 'warning' });
  }
}
