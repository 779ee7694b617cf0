import * as l10n from '@vscode/l10n';
import type { Rule } from './rule';

/**
 * @see apis/apps/v1alpha1/cluster_conversion.go of 1.0: Halt becomes DoNotTerminate
 * @see apecloud/kubeblocks#10039
 */
export const clusterHalt: Rule = {
  code: 'KB-X002',
  severity: 'warning',
  title: 'Termination policy that means another now',
  lines: ['1.0', '1.1'],
  kinds: ['Cluster'],
  check(context) {
    const policy = context.spec.at('terminationPolicy');
    if (policy.text !== 'Halt' || context.object.apiVersion !== 'apps.kubeblocks.io/v1alpha1') return;
    context.report(policy, l10n.t('KubeBlocks {0} reads Halt as DoNotTerminate: the cluster cannot be deleted. Delete is not the same either, for it takes the volumes along.', context.line), { fixes: context.changesTo(policy, ['DoNotTerminate']) });
  },
};
