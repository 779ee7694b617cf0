import * as l10n from '@vscode/l10n';
import type { Backup } from '../../kubeblocks/objects';
import type { Fix } from '../fix';
import { componentNames } from './componentNames';
import { restoreUses } from './restoreUses';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see apecloud/kubeblocks-addons#2995, PRs #2999, #3001: without source-target-name a volume may be "provisioned without data restore"; every official example got it in 2026-07
 * @see controllers/dataprotection/volumepopulator_controller.go: "multiple backup targets match PVC"
 */
export const restoreTargetUnnamed: Rule = {
  code: 'KB-C013',
  severity: 'info',
  title: 'Restore of a cluster that names no target of its backup',
  lines: ['1.2'],
  kinds: ['Cluster'],
  check(context) {
    const restore = context.spec.at('restore');
    const [use] = restoreUses(context);
    const parameters = restore.at('parameters');
    if (use === undefined || parameters.at(KEY).isWritten) return;
    const status = (context.find('Backup', use.backup.text, use.namespace)?.object as Backup | undefined)?.status;
    const targets: unknown = status?.targets;
    // A backup of one target whose component is there is found without its name.
    if (status !== undefined && !(Array.isArray(targets) && targets.length > 1 && context.spec.at('shardings').items.length === 0)) return;
    const isAmbiguous = status !== undefined;
    const message = isAmbiguous
      ? l10n.t('Backup {0} has several targets: without the parameter {1} the restore may find several that fit, and fails for good.', use.backup.text, KEY)
      : l10n.t('Backup {0} is not known here. Where its target is not told by its component\'s name, volumes come up empty: parameter {1} says which it is.', use.backup.text, KEY);
    context.report(restore, message, { part: 'key', severity: isAmbiguous ? 'warning' : 'info', fixes: fixes(context) });
  },
};

const KEY = 'dataprotection.kubeblocks.io/source-target-name';

/** Where there is but one component to be restored. */
function fixes(context: RuleContext): readonly Fix[] {
  const { object, spec } = context;
  const [name, another] = componentNames(context) ?? spec.at('componentSpecs').items.flatMap((item) => item.at('name').text ?? []);
  if (name === undefined || another !== undefined) return [];
  const parameters = spec.at('restore', 'parameters');
  const edit = parameters.isWritten ? { path: parameters.path, key: KEY, value: name } : { path: ['spec', 'restore'], key: 'parameters', value: { [KEY]: name } };
  return [{ title: l10n.t('Restore target {0}', name), edits: [{ kind: 'insert', object, ...edit }] }];
}
