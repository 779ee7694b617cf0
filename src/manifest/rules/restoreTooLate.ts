import * as l10n from '@vscode/l10n';
import type { Cluster } from '../../kubeblocks/objects';
import { originText } from '../facts/originText';
import type { Rule } from './rule';

/**
 * @see seen on the 1.2 line: spec.restore added later is accepted, "No restore PVCs are required", and nothing is restored
 * @see apis/apps/v1/cluster_types.go: "restore is immutable"
 */
export const restoreTooLate: Rule = {
  code: 'KB-C005',
  severity: 'error',
  title: 'Restore into a cluster that has its volumes already',
  lines: ['1.2'],
  kinds: ['Cluster'],
  check(context) {
    const restore = context.spec.at('restore');
    const { name, namespace } = context.object;
    if (!restore.isWritten || name === undefined || namespace === undefined) return;
    const live = context.findLive('Cluster', name);
    if (live === undefined || (live.object as Cluster).spec?.restore !== undefined) return;
    context.report(restore, l10n.t('Cluster {0} exists {1}, and was not restored: adding spec.restore is accepted, and restores nothing. Restore into a new cluster.', name, originText(live.origin)), { part: 'key' });
  },
};
