import * as l10n from '@vscode/l10n';
import { originText } from '../facts/originText';
import { nearestName } from '../nearestName';
import { policiesOfCluster } from './clusterEngines';
import { policyMethods } from './policyMethods';
import type { Rule } from './rule';

/** @see controllers/dataprotection/backuppolicydriver_controller.go mergeClusterBackup: an event BackupMethodNotFound, and nothing else */
export const clusterBackupMethod: Rule = {
  code: 'KB-C007',
  severity: 'error',
  title: 'Backup method that no policy of the cluster has',
  lines: ['0.9', '1.0', '1.1', '1.2'],
  kinds: ['Cluster'],
  check(context) {
    const { name } = context.object;
    const method = context.spec.at('backup', 'method');
    if (name === undefined || method.text === undefined || method.text === '') return;
    const policies = policiesOfCluster(name, context).filter(({ origin }) => origin.kind === 'cluster');
    const names = [...new Set(policies.flatMap((policy) => policyMethods(policy).map((each) => each.name)))];
    const [policy] = policies;
    if (policy === undefined || names.length === 0 || names.includes(method.text)) return;
    const nearest = nearestName(method.text, names);
    context.report(method, l10n.t('No policy of cluster {0} {1} has a method {2} (they have {3}): KubeBlocks ignores spec.backup but for an event, and nothing is backed up.', name, originText(policy.origin), method.text, names.join(', ')), {
      fixes: context.changesTo(method, [nearest]),
    });
  },
};
