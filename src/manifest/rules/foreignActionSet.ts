import * as l10n from '@vscode/l10n';
import { engineMethods, rowName, rowOfDefinition, rowsOfActionSet, type EngineRow } from '../../kubeblocks/engineMatrix';
import { LABELS } from '../../kubeblocks/labels';
import { backedComponents } from './clusterEngines';
import { methodFields } from './methodFields';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see apecloud/kubeblocks#2505: a policy for PostgreSQL with the tool and hooks of MySQL
 * @see apecloud/kubeblocks-addons addons/[engine]/templates: the action sets of each engine
 */
export const foreignActionSet: Rule = {
  code: 'KB-E006',
  severity: 'error',
  title: 'Backup method with the action set of another engine',
  lines: ['0.9', '1.0', '1.1', '1.2'],
  kinds: ['BackupPolicy', 'BackupPolicyTemplate'],
  check(context) {
    const addons = addonsOfTarget(context);
    if (addons === undefined || addons.rows.length === 0) return;
    const own = new Set(addons.rows.map(({ addon }) => addon));
    for (const { method } of methodFields(context)) {
      const field = method.at('actionSetName');
      const owners = rowsOfActionSet(field.text ?? '');
      if (field.text === undefined || owners.length === 0 || owners.some(({ addon }) => own.has(addon)) || isBrought(field.text, context)) continue;
      const other = owners[0];
      const engine = [...new Set(addons.rows.map(({ engine: name }) => name))].join(', ');
      const meant = addons.rows.flatMap((row) => engineMethods(row, context.line)).find(({ name, actionSet }) => name === method.at('name').text && actionSet !== undefined)?.actionSet;
      context.report(field, l10n.t('Action set {0} is that of {1}, and {2} is backed up here ({3}): its tool does not understand the data.', field.text, other === undefined ? '' : rowName(other), engine, addons.why), {
        fixes: context.changesTo(field, [meant]),
      });
    }
  },
};

/** Somebody may well write an action set of their own under the name. */
function isBrought(name: string, context: RuleContext): boolean {
  const kind = context.find('ActionSet', name)?.origin.kind;
  return kind === 'file' || kind === 'workspace';
}

function addonsOfTarget(context: RuleContext): { readonly rows: readonly EngineRow[]; readonly why: string } | undefined {
  return context.object.kind === 'BackupPolicy' ? ofPolicy(context) : ofTemplate(context);
}

/** By the cluster and the component that the pods' labels name. */
function ofPolicy(context: RuleContext): { readonly rows: readonly EngineRow[]; readonly why: string } | undefined {
  const labels = context.spec.at('target', 'podSelector', 'matchLabels');
  const name = labels.at(LABELS.instance).text;
  const cluster = name === undefined ? undefined : context.find('Cluster', name);
  const components = cluster === undefined ? undefined : backedComponents(cluster.object, context.line);
  if (name === undefined || components === undefined) return undefined;
  const component = labels.at(LABELS.component).text;
  const rows = components.filter((each) => each.name === undefined || component === undefined || each.name === component).map(({ row }) => row);
  return { rows, why: l10n.t('cluster {0}', name) };
}

function ofTemplate(context: RuleContext): { readonly rows: readonly EngineRow[]; readonly why: string } | undefined {
  const definitions = [...context.spec.at('compDefs').items, ...context.spec.at('backupPolicies').items.flatMap((policy) => policy.at('componentDefs').items)].flatMap(({ text }) => text ?? []);
  const rows = definitions.map((definition) => rowOfDefinition(definition, context.line));
  const known = rows.filter((row) => row !== undefined);
  return known.length === 0 || known.length < rows.length ? undefined : { rows: known, why: l10n.t('component definition {0}', definitions.join(', ')) };
}
