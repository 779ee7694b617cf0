import * as l10n from '@vscode/l10n';
import { originText } from '../facts/originText';
import { defaultPolicies, opsBackup, opsCluster } from './opsBackup';
import type { Rule } from './rule';

/**
 * @see pkg/operations/backup.go getDefaultBackupPolicy: "has multiple default backup policies", "not found any default backup policy"
 * @see apecloud/kbcli#538
 */
export const opsBackupPolicyUnclear: Rule = {
  code: 'KB-O004',
  severity: 'error',
  title: 'Backup request without a policy where it cannot be told',
  lines: ['0.9', '1.0', '1.1', '1.2'],
  kinds: ['OpsRequest'],
  check(context) {
    const backup = opsBackup(context);
    const cluster = opsCluster(context).text;
    if (backup === undefined || cluster === undefined || backup.at('backupPolicyName').text) return;
    const policies = defaultPolicies(cluster, context);
    const place = backup.isWritten ? backup : context.spec.at('type');
    const [first] = policies;
    if (policies.length > 1 && first !== undefined) {
      const names = policies.map(({ object }) => object.metadata.name);
      const fixes = backup.isWritten ? names.map((name) => context.setValue(l10n.t('Back up by {0}', name), backup.at('backupPolicyName'), name)) : [];
      context.report(place, l10n.t('Cluster {0} has several default policies {1}: without backupPolicyName the request stays Creating for ever. Name one of {2}.', cluster, originText(first.origin), names.join(', ')), { part: 'key', fixes });
      return;
    }
    const live = context.findLive('Cluster', cluster);
    if (first === undefined && live !== undefined && context.object.namespace !== undefined && context.all('BackupPolicy').certainty === 'allowed') {
      context.report(place, l10n.t('Cluster {0} has no default policy {1}: without backupPolicyName the request stays Creating for ever. No backup policy template fits its components, or it is not set up yet.', cluster, originText(live.origin)), { part: 'key', severity: 'warning' });
    }
  },
};
