import * as l10n from '@vscode/l10n';
import { engineMethods, rowName } from '../../kubeblocks/engineMatrix';
import { originText } from '../facts/originText';
import { plainObject } from '../manifestObject';
import { nearestName } from '../nearestName';
import { backedComponents, hasTemplateWith, policiesOfCluster } from './clusterEngines';
import { methodFacts } from './methodFacts';
import { policyMethods } from './policyMethods';
import { addonType } from './addonMethods';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see seen on 1.0: with an unknown continuousMethod no log schedule is enabled, and there is no event
 * @see controllers/dataprotection/backuppolicydriver_controller.go mergeClusterBackup: pitrEnabled switches on the schedule of continuousMethod, or none
 * @see apecloud/kubeblocks-addons addons/[engine]/templates: the log methods of each engine
 */
export const continuousMethod: Rule = {
  code: 'KB-C011',
  severity: 'error',
  title: 'Log method that no policy of the cluster has',
  lines: ['0.9', '1.0', '1.1', '1.2'],
  kinds: ['Cluster'],
  check(context) {
    const backup = context.spec.at('backup');
    const method = backup.at('continuousMethod');
    if (method.text === undefined || method.text === '') return;
    if (backup.at('pitrEnabled').boolean !== true) {
      context.report(method, l10n.t('KubeBlocks reads continuousMethod only with pitrEnabled: true: no log is kept.'), { severity: 'info', fixes: [context.setValue(l10n.t('Keep a log'), backup.at('pitrEnabled'), true)] });
    }
    const known = logMethods(context);
    if (known === undefined || known.names.includes(method.text) || hasTemplateWith(method.text, context)) return;
    const nearest = nearestName(method.text, known.names) ?? (known.names.length === 1 ? known.names[0] : undefined);
    const has = known.names.length === 0 ? l10n.t('none') : known.names.join(', ');
    context.report(method, l10n.t('{0} is no log method of this cluster ({1} has {2}): KubeBlocks switches no log backup on, and says nothing.', method.text, known.who, has), {
      severity: known.isCertain ? 'error' : 'warning',
      fixes: context.changesTo(method, [nearest]),
    });
  },
};

interface KnownMethods {
  readonly names: readonly string[];
  readonly who: string;
  readonly isCertain: boolean;
}

/** By the policies that the cluster has, else by its add-on. */
function logMethods(context: RuleContext): KnownMethods | undefined {
  const { object, line } = context;
  const policies = object.name === undefined ? [] : policiesOfCluster(object.name, context);
  const [policy] = policies;
  if (policy !== undefined) {
    const names = policies.flatMap((each) => policyMethods(each).filter(({ name }) => isLog(each.object.metadata.name, name, context)).map(({ name }) => name));
    return { names: [...new Set(names)], who: l10n.t('policy {0} {1}', policy.object.metadata.name, originText(policy.origin)), isCertain: policy.origin.kind === 'cluster' };
  }
  const rows = backedComponents(plainObject(object), line)?.map(({ row }) => row);
  if (rows === undefined) return undefined;
  const names = rows.flatMap((row) => engineMethods(row, line).filter(({ type }) => type === 'Continuous').map(({ name }) => name));
  return { names: [...new Set(names)], who: l10n.t('the add-on of KubeBlocks {0} for {1}', line, rows.map(rowName).join(', ')), isCertain: false };
}

/** One whose action set is not known may be. */
function isLog(policy: string, method: string, context: RuleContext): boolean {
  const type = methodFacts(policy, method, context)?.type ?? addonType(method);
  return type === undefined || type === 'Continuous';
}
