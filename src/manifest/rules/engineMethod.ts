import * as l10n from '@vscode/l10n';
import { engineMethods, knowsMethod, MATRIX_LINES, rowName, type EngineRow } from '../../kubeblocks/engineMatrix';
import type { Field } from '../field';
import { plainObject } from '../manifestObject';
import { nearestName } from '../nearestName';
import { backedComponents, componentsBehind, hasTemplateWith, policiesOfCluster } from './clusterEngines';
import { methodUses, type MethodUse } from './methodUses';
import { opsCluster } from './opsBackup';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';
import { unknownMethodEffect } from './unknownMethodEffect';

/**
 * @see apecloud/kubeblocks-addons addons/[engine]/templates: the methods of each BackupPolicyTemplate, by the component definitions it is for
 * @see apecloud/kubeblocks#7675: volume-snapshot of a Redis cluster
 * @see apecloud/kubeblocks#7581: volume-snapshot of Qdrant
 * @see controllers/dataprotection/backuppolicydriver_controller.go: an unknown method of spec.backup is an event, and nothing else
 */
export const engineMethod: Rule = {
  code: 'KB-E001',
  severity: 'warning',
  title: 'Backup method that the engine does not have in this form',
  lines: MATRIX_LINES,
  kinds: ['Cluster', 'Backup', 'BackupSchedule', 'OpsRequest'],
  check(context) {
    if (context.object.kind === 'Cluster') checkCluster(context);
    else for (const use of methodUses(context)) checkUse(use, context);
  },
};

/** What is known of the cluster's policies goes before what add-ons usually have. */
function checkCluster(context: RuleContext): void {
  const { object, line, spec } = context;
  const method = spec.at('backup', 'method');
  if (method.text === undefined || method.text === '' || (object.name !== undefined && policiesOfCluster(object.name, context).length > 0)) return;
  const rows = backedComponents(plainObject(object), line)?.map(({ row }) => row);
  if (rows !== undefined) checkMethod(method, rows, l10n.t('KubeBlocks ignores spec.backup but for an event, and nothing is backed up.'), context);
}

function checkUse({ policy, method }: MethodUse, context: RuleContext): void {
  if (policy === undefined ? context.object.kind !== 'OpsRequest' : context.find('BackupPolicy', policy) !== undefined) return;
  const cluster = context.object.kind === 'OpsRequest' ? opsCluster(context).text : undefined;
  const rows = componentsBehind(policy, cluster, context)?.map(({ row }) => row);
  if (rows !== undefined && rows.length > 0) checkMethod(method, rows, unknownMethodEffect(context.object.kind), context);
}

function checkMethod(method: Field, rows: readonly EngineRow[], effect: string, context: RuleContext): void {
  const { line } = context;
  const name = method.text;
  if (name === undefined || name === '' || rows.some((row) => knowsMethod(row, name, line)) || hasTemplateWith(name, context)) return;
  const names = [...new Set(rows.flatMap((row) => engineMethods(row, line).map((each) => each.name)))];
  const engines = [...new Set(rows.map(rowName))].join(', ');
  if (names.length === 0) {
    context.report(method, l10n.t('The add-ons of KubeBlocks {0} have no backups of {1}. {2}', line, engines, effect));
    return;
  }
  const nearest = nearestName(name, names) ?? (names.length === 1 ? names[0] : undefined);
  context.report(method, l10n.t('The add-on of KubeBlocks {0} for {1} has no method {2} (it has {3}). {4}', line, engines, name, names.join(', '), effect), {
    fixes: context.changesTo(method, [nearest]),
  });
}
