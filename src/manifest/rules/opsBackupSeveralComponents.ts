import * as l10n from '@vscode/l10n';
import { originText } from '../facts/originText';
import { backedComponents, policiesOfCluster } from './clusterEngines';
import { opsBackup, opsCluster } from './opsBackup';
import type { Rule } from './rule';

/**
 * @see apecloud/kbcli#538: "has multiple default backup policies" of a cluster with mysql and etcd
 * @see pkg/operations/backup.go getDefaultBackupPolicy
 * @see controllers/dataprotection/backuppolicydriver_controller.go: a policy for each component that a template fits
 */
export const opsBackupSeveralComponents: Rule = {
  code: 'KB-O008',
  severity: 'warning',
  title: 'Backup request for a cluster that will have several policies',
  lines: ['0.9', '1.0', '1.1', '1.2'],
  kinds: ['OpsRequest'],
  check(context) {
    const backup = opsBackup(context);
    const cluster = opsCluster(context).text;
    if (backup === undefined || cluster === undefined || backup.at('backupPolicyName').text || policiesOfCluster(cluster, context).length > 0) return;
    const written = context.find('Cluster', cluster);
    const names = written === undefined ? [] : (backedComponents(written.object, context.line) ?? []).flatMap(({ name }) => name ?? []);
    if (written === undefined || names.length < 2) return;
    const policies = names.map((name) => `${cluster}-${name}-backup-policy`);
    context.report(backup.isWritten ? backup : context.spec.at('type'), l10n.t('Cluster {0} {1} has several components that are backed up ({2}): without backupPolicyName the request stays Creating for ever. Name one of {3}.', cluster, originText(written.origin), names.join(', '), policies.join(', ')), {
      part: 'key',
      fixes: backup.isWritten ? policies.map((name) => context.setValue(l10n.t('Back up by {0}', name), backup.at('backupPolicyName'), name)) : [],
    });
  },
};
