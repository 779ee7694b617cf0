import * as l10n from '@vscode/l10n';
import { LABELS } from '../../kubeblocks/labels';
import { methodFields } from './methodFields';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/** @see apecloud/kubeblocks#9023: the job of a restore ignores env and targetVolumes of a policy that was changed by hand */
export const methodEnv: Rule = {
  code: 'KB-P015',
  severity: 'hint',
  title: 'Variables of a method that a restore may not get',
  lines: ['0.9', '1.0', '1.1', '1.2'],
  kinds: ['BackupPolicy'],
  check(context) {
    if (isMadeByKubeBlocks(context)) return;
    for (const { method } of methodFields(context)) {
      const env = method.at('env');
      if (env.items.length === 0) continue;
      context.report(env, l10n.t('A restore may not get these variables: it was seen to run with those of the action set. Try a restore before you rely on them.'), { part: 'key' });
    }
  },
};

/** What KubeBlocks derives from a template has the variables of that. */
function isMadeByKubeBlocks({ root }: RuleContext): boolean {
  return root.at('metadata', 'ownerReferences').items.length > 0 || root.at('metadata', 'labels', LABELS.managedBy).isWritten;
}
