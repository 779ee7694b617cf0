import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { LABELS } from '../../kubeblocks/labels';
import type { Field } from '../field';
import type { Fix } from '../fix';
import { methodFields } from './methodFields';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see controllers/dataprotection/backuppolicy_controller.go: "target name can not be empty when using \"targets\" field"
 * @see controllers/dataprotection/backuppolicy_controller.go: "the target name can not be duplicated when using \"targets\" field"
 */
export const targetNames: Rule = {
  code: 'KB-P003',
  severity: 'error',
  title: 'Target in a list without a name of its own',
  lines: LINES.filter((line) => line !== '0.7' && line !== '0.8'),
  kinds: ['BackupPolicy'],
  check(context) {
    checkTargets(context.spec.at('targets'), context);
    for (const { method } of methodFields(context)) checkTargets(method.at('targets'), context);
  },
};

function checkTargets(targets: Field, context: RuleContext): void {
  const seen = new Set<string>();
  const labelOf = (target: Field): string | undefined => target.at('podSelector', 'matchLabels', LABELS.component).text;
  /** As KubeBlocks itself names targets: after their component. */
  const fixes = (target: Field): readonly Fix[] => {
    const label = labelOf(target);
    const isFree = targets.items.every((other) => other === target || (other.at('name').text !== label && labelOf(other) !== label));
    return label === undefined || !isFree ? [] : [context.setValue(l10n.t('Name it {0}', label), target.at('name'), label)];
  };
  for (const target of targets.items) {
    const name = target.at('name');
    if (target.node?.type !== 'map') continue;
    if (!name.isWritten || name.text === '') {
      context.report(name.isWritten ? name : target, l10n.t('A target in a list needs a name: the policy becomes Unavailable, and every backup with it fails.'), { fixes: fixes(target) });
    } else if (name.text !== undefined && seen.has(name.text)) {
      context.report(name, l10n.t('Another target is named {0} already: the policy becomes Unavailable, and every backup with it fails.', name.text), { fixes: fixes(target) });
    } else if (name.text !== undefined) {
      seen.add(name.text);
    }
  }
}
