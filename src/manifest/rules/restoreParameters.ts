import * as l10n from '@vscode/l10n';
import type { Field } from '../field';
import { namesMeant } from '../nearestName';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see pkg/dataprotection/types/constant.go: the keys
 * @see controllers/dataprotection/volumepopulator_controller.go: "invalid volume restore policy %q", "invalid restore env parameter"
 */
export const restoreParameters: Rule = {
  code: 'KB-C003',
  severity: 'error',
  title: 'Restore parameter of a Cluster that KubeBlocks refuses',
  lines: ['1.2'],
  kinds: ['Cluster'],
  check(context) {
    const parameters = context.spec.at('restore', 'parameters');
    const policy = parameters.at(`${PREFIX}volume-restore-policy`);
    if (policy.text !== undefined && policy.text !== '' && !POLICIES.includes(policy.text)) {
      context.report(policy, l10n.t('"{0}" is neither Parallel nor Serial: the restore fails for good.', policy.text), { fixes: context.changesTo(policy, namesMeant(policy.text, POLICIES)) });
    }
    checkEnv(parameters.at(`${PREFIX}restore-env`), context);
  },
};

const POLICIES = ['Parallel', 'Serial'];
const PREFIX = 'dataprotection.kubeblocks.io/';

function checkEnv(env: Field, context: RuleContext): void {
  const { text } = env;
  if (text === undefined || text === '' || isList(text)) return;
  context.report(env, l10n.t('This must be a JSON list of objects with name and value: the restore fails for good.'));
}

function isList(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return value === null || (Array.isArray(value) && value.every((item) => typeof item === 'object' && !Array.isArray(item)));
  } catch {
    return false;
  }
}
