import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { LABELS } from '../../kubeblocks/labels';
import type { BackupPolicy, BackupRepo } from '../../kubeblocks/objects';
import { asChoices } from '../asChoices';
import { methodFacts } from './methodFacts';
import { methodUses } from './methodUses';
import { readyDefaults } from './readyDefaults';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see controllers/dataprotection/utils.go: "no default BackupRepo found"
 * @see controllers/dataprotection/utils.go: "multiple default BackupRepo found, both %s and %s are default"
 * @see apecloud/kbcli#74
 */
export const backupRepository: Rule = {
  code: 'KB-B009',
  severity: 'error',
  title: 'Backup without a repository to go to',
  lines: LINES,
  kinds: ['Backup', 'OpsRequest'],
  check(context) {
    const [use] = methodUses(context);
    const facts = use === undefined ? undefined : methodFacts(use.policy, use.method.text, context);
    if (use === undefined || facts === undefined || facts.method.snapshotVolumes === true || context.all('BackupRepo').certainty !== 'allowed') return;
    const label = context.root.at('metadata', 'labels', LABELS.backupRepo);
    const named = label.text ?? (facts.policy.object as BackupPolicy).spec?.backupRepoName ?? '';
    const message = named === '' ? defaultProblem(context) : namedProblem(named, context);
    if (message !== undefined) context.report(label.text !== undefined ? label : use.backup.at('backupPolicyName'), message, { fixes: context.object.kind === 'Backup' ? asChoices(ready(context).map((name) => context.setValue(l10n.t('Use repository {0}', name), label, name))) : [] });
  },
};

function ready(context: RuleContext): string[] {
  return context.all('BackupRepo').facts.filter(({ object }) => (object as BackupRepo).status?.phase === 'Ready').map(({ object }) => object.metadata.name);
}

function namedProblem(name: string, context: RuleContext): string | undefined {
  const found = context.find('BackupRepo', name);
  if (found === undefined) return l10n.t('The backup would go to repository {0}, which does not exist: it fails.', name);
  if (found.origin.kind !== 'cluster') return undefined;
  const phase = (found.object as BackupRepo).status?.phase;
  return phase === 'Failed' || phase === 'Deleting' ? l10n.t('The backup would go to repository {0}, which is {1}: it fails.', name, phase) : undefined;
}

function defaultProblem(context: RuleContext): string | undefined {
  const ready = readyDefaults(context);
  if (ready === undefined) return undefined;
  if (ready.length === 0) return l10n.t('The policy names no repository, and no default repository is Ready: the backup fails. Name one in the policy (backupRepoName), or make one the default.');
  return ready.length === 1 ? undefined : l10n.t('The policy names no repository, and several are the default ({0}): the backup fails. Leave the annotation is-default-repo on one.', ready.join(', '));
}
