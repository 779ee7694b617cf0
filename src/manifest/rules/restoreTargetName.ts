import * as l10n from '@vscode/l10n';
import type { Backup } from '../../kubeblocks/objects';
import { originText } from '../facts/originText';
import { restoreUses } from './restoreUses';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

export const restoreTargetName: Rule = {
  code: 'KB-C004',
  severity: 'info',
  title: 'Restored cluster that does not name the target of the backup',
  evidence: ['apecloud/kubeblocks-addons#2995: without it an alpha of 1.2 compares the selector of the source with the new volumes, and may leave them empty', 'controllers/dataprotection/volumepopulator_controller.go: "backup target %s does not exist"'],
  lines: ['1.2'],
  kinds: ['Cluster'],
  check(context) {
    const restore = context.spec.at('restore');
    if (!restore.at('source').isWritten) return;
    const target = restore.at('parameters', KEY);
    if (target.isWritten) checkTarget(target.text, context);
    else reportMissing(context);
  },
};

const KEY = 'dataprotection.kubeblocks.io/source-target-name';

/** Shards take a target each, and a cluster of several components has no single one. */
function reportMissing(context: RuleContext): void {
  const { spec, object } = context;
  const restore = spec.at('restore');
  const [only, ...more] = spec.at('componentSpecs').items.map((item) => item.at('name').text);
  if (only === undefined || more.length > 0 || spec.at('shardings').items.length > 0 || (object.name !== undefined && context.findLive('Cluster', object.name) !== undefined)) return;
  const path = restore.at('parameters').isWritten ? restore.at('parameters').path : restore.path;
  const edit = restore.at('parameters').isWritten ? { key: KEY, value: only } : { key: 'parameters', value: { [KEY]: only } };
  context.report(restore, l10n.t('The restore does not name the target of the backup: alpha versions of 1.2 then compare labels in which the old cluster\'s name stands, and may leave the volumes empty. Name it in the parameter {0}.', KEY), {
    part: 'key',
    fixes: [{ title: l10n.t('Restore target {0}', only), edits: [{ kind: 'insert', object, path, ...edit }] }],
  });
}

function checkTarget(name: string | undefined, context: RuleContext): void {
  const [use] = restoreUses(context);
  const fact = use === undefined ? undefined : context.find('Backup', use.backup.text, use.namespace);
  if (name === undefined || name === '' || fact === undefined) return;
  const names = targetNames(fact.object);
  if (names.length === 0 || names.includes(name)) return;
  context.report(context.spec.at('restore', 'parameters', KEY), l10n.t('Backup {0} {1} has no target {2} (it has {3}): the restore fails for good.', fact.object.metadata.name, originText(fact.origin), name, names.join(', ')), { severity: 'error' });
}

/** Of a single target without a name nothing can be told. */
function targetNames({ status }: Backup): readonly string[] {
  const { target, targets } = (status ?? {}) as { readonly target?: { readonly name?: unknown }; readonly targets?: unknown };
  const all = [target, ...(Array.isArray(targets) ? (targets as { readonly name?: unknown }[]) : [])].map((each) => each?.name);
  return all.filter((name): name is string => typeof name === 'string' && name !== '');
}
