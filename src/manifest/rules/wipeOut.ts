import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import type { Rule } from './rule';

export const wipeOut: Rule = {
  code: 'KB-B011',
  severity: 'warning',
  title: 'Cluster whose backups go with it',
  evidence: ['controllers/dataprotection/cluster_backup_controller.go (1.1 and older: the controller of clusters): WipeOut removes the backups of the cluster', 'apecloud/kubeblocks#10039, #3126'],
  lines: LINES,
  kinds: ['Cluster'],
  check(context) {
    const policy = context.spec.at('terminationPolicy');
    if (policy.text !== 'WipeOut' || context.spec.at('backup', 'enabled').boolean !== true) return;
    context.report(policy, l10n.t('This cluster is backed up, and WipeOut removes its backups when it is deleted. Delete removes the cluster and its volumes, and keeps the backups.'), {
      fixes: [context.setValue(l10n.t('Change to {0}', 'Delete'), policy, 'Delete')],
    });
  },
};
