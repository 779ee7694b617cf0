import * as l10n from '@vscode/l10n';
import type { Field } from '../field';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see seen on 1.0: with an empty jobAction selector the Restore is Failed, "spec.readyConfig.jobAction.podSelector.labelSelector can not be empty"; with an empty execAction selector the command ran in every pod of the namespace, those of other clusters too
 * @see pkg/dataprotection/restore/manager.go
 */
export const restoreReadySelector: Rule = {
  code: 'KB-T015',
  severity: 'error',
  title: 'Restore action whose selector has no labels',
  lines: ['0.7', '0.8', '0.9', '1.0', '1.1', '1.2'],
  kinds: ['Restore'],
  check(context) {
    checkSelector(context.spec.at('readyConfig', 'jobAction', 'target', 'podSelector'), l10n.t('This selector has no labels: where the action set has a job for it, the restore fails. Say in matchLabels which pods are meant.'), context);
    checkSelector(context.spec.at('readyConfig', 'execAction', 'target', 'podSelector'), l10n.t('This selector has no labels, so it means every pod of the namespace: the command of the restore runs in those of other clusters too. Say in matchLabels which pods are meant.'), context);
  },
};

function checkSelector(selector: Field, message: string, context: RuleContext): void {
  if (selector.node?.type !== 'map') return;
  if (selector.at('matchLabels').entries.length > 0 || selector.at('matchExpressions').items.length > 0) return;
  context.report(selector, message, { part: 'key' });
}
