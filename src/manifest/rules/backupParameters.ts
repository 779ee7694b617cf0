import * as l10n from '@vscode/l10n';
import type { ActionSet, Parameter } from '../../kubeblocks/objects';
import { declaredParameters, LINES_WITH_PARAMETERS, parameterProblems } from '../../kubeblocks/parameters';
import type { Field } from '../field';
import { nearestName } from '../nearestName';
import { methodFacts } from './methodFacts';
import { methodHolders } from './methodFields';
import { methodUses } from './methodUses';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see pkg/dataprotection/utils/utils.go ValidateParameters: "parameter %s is undeclared in withParameters of actionSet %s"
 * @see pkg/dataprotection/backup/scheduler.go: "fails to validate parameters of backupMethod %s"
 * @see apecloud/kubeblocks-addons PR #3303
 */
export const backupParameters: Rule = {
  code: 'KB-B006',
  severity: 'error',
  title: 'Parameters that the action set does not take',
  lines: LINES_WITH_PARAMETERS,
  kinds: ['Backup', 'OpsRequest', 'BackupSchedule', 'BackupPolicyTemplate'],
  check(context) {
    if (context.object.kind === 'BackupPolicyTemplate') {
      checkTemplate(context);
      return;
    }
    for (const { policy, method, backup } of methodUses(context)) checkParameters(backup.at('parameters'), methodFacts(policy, method.text, context)?.actionSet, context);
  },
};

function checkTemplate(context: RuleContext): void {
  for (const holder of methodHolders(context)) {
    for (const schedule of holder.at('schedules').items) {
      const method = holder.at('backupMethods').items.find((each) => each.at('name').text === schedule.at('backupMethod').text);
      const name = method?.at('actionSetName').text;
      checkParameters(schedule.at('parameters'), name === undefined ? undefined : (context.find('ActionSet', name)?.object), context);
    }
  }
}

function checkParameters(list: Field, actionSet: ActionSet | undefined, context: RuleContext): void {
  if (actionSet?.spec === undefined) return;
  const given = list.items.flatMap((item): Parameter[] => {
    const name = item.at('name').text;
    const value = item.at('value').text;
    return name === undefined || value === undefined ? [] : [{ name, value }];
  });
  if (given.length === 0 || given.length < list.items.length) return;
  const declared = declaredParameters(actionSet, 'backup').map(({ name }) => name);
  for (const { name, message } of parameterProblems(actionSet, given, 'backup')) {
    const item = list.items.find((each) => each.at('name').text === name);
    if (item === undefined) {
      context.report(list, message, { part: 'key' });
    } else if (name !== undefined && !declared.includes(name)) {
      reportUndeclared(item.at('name'), name, declared, actionSet, context);
    } else {
      context.report(item.at('value'), message);
    }
  }
}

function reportUndeclared(field: Field, name: string, declared: readonly string[], actionSet: ActionSet, context: RuleContext): void {
  const nearest = nearestName(name, declared);
  const message =
    declared.length === 0
      ? l10n.t('Action set {0} takes no parameters for a backup: a backup that gives {1} fails.', actionSet.metadata.name, name)
      : l10n.t('Action set {0} does not take {1} (it takes {2}): the backup fails.', actionSet.metadata.name, name, declared.join(', '));
  context.report(field, message, { fixes: context.changesTo(field, [nearest]) });
}
