import * as l10n from '@vscode/l10n';
import { engineMethods } from '../../kubeblocks/engineMatrix';
import { plainObject } from '../manifestObject';
import { addonType, NEEDS_NO_BASE } from './addonMethods';
import { backedComponents, policiesOfCluster } from './clusterEngines';
import { methodFacts } from './methodFacts';
import { policyMethods } from './policyMethods';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see controllers/dataprotection/backuppolicydriver_controller.go mergeClusterBackup: the schedule of the method is switched on, whatever its type; those of other methods stay as the template has them
 * @see pkg/dataprotection/restore/manager.go: "can not found latest full or incremental backup"
 */
export const clusterMethodAlone: Rule = {
  code: 'KB-C015',
  severity: 'warning',
  title: 'Backup method of a cluster that makes no base backups',
  lines: ['0.9', '1.0', '1.1', '1.2'],
  kinds: ['Cluster'],
  check(context) {
    const method = context.spec.at('backup', 'method');
    if (method.text === undefined || context.spec.at('backup', 'enabled').boolean !== true || NEEDS_NO_BASE.has(method.text)) return;
    const type = typeOf(method.text, context);
    if (type !== 'Continuous' && type !== 'Incremental') return;
    const message =
      type === 'Continuous'
        ? l10n.t('{0} only backs up the log: a restore needs a base backup before it, and spec.backup makes none. Name a full method here, and the log by pitrEnabled and continuousMethod.', method.text)
        : l10n.t('{0} makes incremental backups, which build on full ones, and spec.backup makes none of those. Name a full method here, and set incrementalBackupEnabled.', method.text);
    context.report(method, message, { fixes: context.changesTo(method, fullMethods(context)) });
  },
};

/** What its policies say goes before what add-ons usually have. */
function typeOf(method: string, context: RuleContext): string | undefined {
  const { name } = context.object;
  const policies = name === undefined ? [] : policiesOfCluster(name, context).filter((policy) => policyMethods(policy).some((each) => each.name === method));
  const known = policies.map((policy) => methodFacts(policy.object.metadata.name, method, context)?.type);
  return known.length > 0 && known.every((type) => type !== undefined) ? known[0] : addonType(method);
}

function fullMethods({ object, line }: RuleContext): readonly string[] {
  const rows = backedComponents(plainObject(object), line)?.map(({ row }) => row) ?? [];
  return [...new Set(rows.flatMap((row) => engineMethods(row, line).filter(({ type }) => type === 'Full').map(({ name }) => name)))];
}
