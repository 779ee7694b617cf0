import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { nearestName } from '../nearestName';
import { methodUses } from './methodUses';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see controllers/dataprotection/backup_controller.go: a policy that is not found fails the backup for good
 * @see apecloud/kubeblocks#8625
 */
export const backupPolicyUnknown: Rule = {
  code: 'KB-B003',
  severity: 'error',
  title: 'Backup policy that does not exist',
  lines: LINES,
  kinds: ['Backup', 'BackupSchedule', 'OpsRequest'],
  check(context) {
    const field = (context.object.kind === 'BackupSchedule' ? context.spec : methodUses(context)[0]?.backup)?.at('backupPolicyName');
    const name = field?.text;
    if (field === undefined || name === undefined || name === '') return;
    const known = context.all('BackupPolicy');
    if (known.certainty !== 'allowed') return;
    const names = known.facts.map(({ object }) => object.metadata.name);
    if (names.includes(name) || comesWithCluster(name, context)) return;
    const nearest = nearestName(name, names);
    const message =
      nearest === undefined
        ? l10n.t('There is no backup policy {0} in this namespace. {1}', name, consequence(context.object.kind))
        : l10n.t('There is no backup policy {0} in this namespace; did you mean {1}? {2}', name, nearest, consequence(context.object.kind));
    context.report(field, message, { fixes: context.changesTo(field, [nearest]) });
  },
};

/** KubeBlocks makes `CLUSTER-COMPONENT-backup-policy` with a cluster; one that is only written yet has none. */
function comesWithCluster(policy: string, context: RuleContext): boolean {
  return context.all('Cluster').facts.some(({ object, origin }) => origin.kind !== 'cluster' && policy.startsWith(`${object.metadata.name}-`));
}

function consequence(kind: string): string {
  return kind === 'BackupSchedule' ? l10n.t('The schedule fails, and nothing is backed up.') : l10n.t('The backup fails, and making the policy later does not revive it.');
}
