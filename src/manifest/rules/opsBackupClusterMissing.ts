import * as l10n from '@vscode/l10n';
import { nearestName } from '../nearestName';
import { opsBackup, opsCluster } from './opsBackup';
import type { Rule } from './rule';

/** @see seen on 1.0: the request fails at once, Validated False, ClusterNotFound */
export const opsBackupClusterMissing: Rule = {
  code: 'KB-O007',
  severity: 'error',
  title: 'Backup request for a cluster that does not exist',
  lines: ['0.9', '1.0', '1.1', '1.2'],
  kinds: ['OpsRequest'],
  check(context) {
    const cluster = opsCluster(context);
    const { text } = cluster;
    if (text === undefined || text === '' || opsBackup(context) === undefined || context.find('Cluster', text) !== undefined) return;
    const known = context.all('Cluster');
    const names = known.facts.map(({ object }) => object.metadata.name);
    if (known.certainty !== 'allowed' || names.includes(text)) return;
    const nearest = nearestName(text, names);
    context.report(cluster, l10n.t('There is no cluster {0} in the connected cluster: the request fails at once.', text), { fixes: context.changesTo(cluster, [nearest]) });
  },
};
