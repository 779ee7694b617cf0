import * as l10n from '@vscode/l10n';
import { isSnapshot } from '../../kubeblocks/backupState';
import type { Backup } from '../../kubeblocks/objects';
import { originText } from '../facts/originText';
import type { Fact } from '../facts/facts';
import type { Field } from '../field';
import { restoreUses } from './restoreUses';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see pkg/dataprotection/restore/utils.go GetSourcePodNameFromTarget: "requiredPolicyForAllPodSelection can not be empty", "the source target pod can not be empty when restore policy is OneToMany"
 * @see pkg/dataprotection/restore/manager.go: "volumeSource can not be empty if the backup uses volume snapshot"; seen on 1.0.2: Running for ever, without a condition or event that says so
 */
export const restoreIncomplete: Rule = {
  code: 'KB-T008',
  severity: 'error',
  title: 'Restore that lacks what its backup needs',
  lines: ['0.9', '1.0', '1.1', '1.2'],
  kinds: ['Restore'],
  check(context) {
    const prepare = context.spec.at('prepareDataConfig');
    checkOneToMany(prepare.at('requiredPolicyForAllPodSelection'), context);
    checkOneToMany(context.spec.at('readyConfig', 'jobAction', 'requiredPolicyForAllPodSelection'), context);
    const [use] = restoreUses(context);
    const fact = use === undefined ? undefined : context.find('Backup', use.backup.text, use.namespace);
    if (fact === undefined || !prepare.isWritten) return;
    checkAllPods(prepare, fact, context);
    if (isSnapshot(fact.object)) checkVolumes(prepare, fact, context);
  },
};

function checkOneToMany(policy: Field, context: RuleContext): void {
  const kind = policy.at('dataRestorePolicy');
  if (kind.text !== 'OneToMany' || policy.at('sourceOfOneToMany').isWritten) return;
  context.report(kind, l10n.t('OneToMany restores the data of one pod into all, and the restore fails unless sourceOfOneToMany.targetPodName says which.'));
}

function checkAllPods(prepare: Field, { object, origin }: Fact, context: RuleContext): void {
  if ((object as Backup).status?.target?.podSelector?.strategy !== 'All' || prepare.at('requiredPolicyForAllPodSelection').isWritten) return;
  context.report(prepare, l10n.t('Backup {0} {1} was made of all pods: without requiredPolicyForAllPodSelection, which says whose data goes where, the restore fails.', object.metadata.name, originText(origin)), { part: 'key', fixes: [context.set(prepare.at('requiredPolicyForAllPodSelection', 'dataRestorePolicy'), 'OneToOne')] });
}

function checkVolumes(prepare: Field, { object, origin }: Fact, context: RuleContext): void {
  const [only, another] = (object as Backup).status?.backupMethod?.targetVolumes?.volumes ?? [];
  for (const claim of [...prepare.at('volumeClaims').items, ...prepare.at('volumeClaimsTemplate', 'templates').items]) {
    if (claim.at('volumeSource').text) continue;
    context.report(claim.at('volumeSource').isWritten ? claim.at('volumeSource') : claim, l10n.t('Backup {0} {1} is a volume snapshot: a restore with a claim without volumeSource never ends, and says nothing.', object.metadata.name, originText(origin)), { fixes: only === undefined || another !== undefined ? [] : [context.set(claim.at('volumeSource'), only)] });
  }
}
