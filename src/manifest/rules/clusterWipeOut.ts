import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import type { Rule } from './rule';

/**
 * @see apis/apps/v1/cluster_types.go: WipeOut
 * @see seen on 1.0: WipeOut deletes the labelled backups; those with deletionPolicy Retain stay
 * @see apecloud/kubeblocks#10039
 */
export const clusterWipeOut: Rule = {
  code: 'KB-C010',
  severity: 'warning',
  title: 'Cluster whose deletion deletes its backups',
  lines: LINES,
  kinds: ['Cluster'],
  check(context) {
    const policy = context.spec.at('terminationPolicy');
    if (policy.text !== 'WipeOut' || context.spec.at('backup', 'enabled').boolean !== true) return;
    context.report(policy, l10n.t('With WipeOut the backups go when the cluster is deleted, also those that are to bring it back. Delete keeps them.'), { fixes: context.changesTo(policy, ['Delete']) });
  },
};
