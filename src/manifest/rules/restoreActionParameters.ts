import * as l10n from '@vscode/l10n';
import { declaredParameters, parameterProblems } from '../../kubeblocks/parameters';
import type { ActionSet, Backup } from '../../kubeblocks/objects';
import type { Fix } from '../fix';
import { nearestName } from '../nearestName';
import { originText } from '../facts/originText';
import type { Fact } from '../facts/facts';
import { restoresWithParameters, type RestoreWithParameters } from './restoreParameterTexts';
import type { ReportOptions } from './ruleContext';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';
import type { WrittenText } from './restoreUses';

/**
 * @see seen on 1.0: a Restore with an undeclared parameter never gets a phase, event ReconcileFailed
 * @see pkg/dataprotection/utils/utils.go ValidateParameters, called by controllers/dataprotection/restore_controller.go: "fails to validate parameters with actionset %s", tried again for ever
 */
export const restoreActionParameters: Rule = {
  code: 'KB-T010',
  severity: 'error',
  title: 'Restore parameters that the action set does not take',
  lines: ['0.9', '1.0', '1.1', '1.2'],
  kinds: ['Cluster', 'OpsRequest', 'Restore'],
  check(context) {
    for (const restore of restoresWithParameters(context)) {
      const actionSet = restoredBy(restore, context);
      if (actionSet !== undefined) checkParameters(restore, actionSet, context);
    }
  },
};

/** The action set that made the backup restores it. */
export function restoredBy({ use: { backup, namespace } }: RestoreWithParameters, context: RuleContext): Fact | undefined {
  const source = context.find('Backup', backup.text, namespace)?.object as Backup | undefined;
  const name = source?.status?.backupMethod?.actionSetName ?? '';
  return name === '' ? undefined : context.find('ActionSet', name);
}

function checkParameters({ use, parameters }: RestoreWithParameters, { object, origin }: Fact, context: RuleContext): void {
  const actionSet = object as ActionSet;
  if (actionSet.spec?.restore === undefined) return;
  const names = declaredParameters(actionSet, 'restore').map(({ name }) => name);
  const where = originText(origin);
  for (const { name, message } of parameterProblems(actionSet, parameters, 'restore')) {
    const written = parameters.find((each) => each.name === name);
    if (written === undefined) {
      context.report(use.backup.field, l10n.t('Action set {0} {1} needs a parameter for the restore: {2} It never begins.', object.metadata.name, where, message), placeOf(use.backup));
    } else if (!names.includes(written.name)) {
      const takes = names.length === 0 ? l10n.t('none') : names.join(', ');
      context.report(written.nameText.field, l10n.t('Action set {0} {1} takes no parameter {2} for a restore (it takes {3}): the restore never begins.', object.metadata.name, where, written.name, takes), { fixes: nameFixes(written, names, context), ...placeOf(written.nameText), ...(isKey(written) && { part: 'key' as const }) });
    } else {
      context.report(written.valueText.field, l10n.t('{0} The restore never begins.', message), placeOf(written.valueText));
    }
  }
}

function placeOf({ within }: WrittenText): ReportOptions {
  return within === undefined ? {} : { within };
}

/** Parameters in the JSON of an annotation all stand at one place. */
function nameFixes(written: RestoreWithParameters['parameters'][number], names: readonly string[], context: RuleContext): readonly Fix[] {
  const nearest = nearestName(written.name, names);
  const { field, within } = written.nameText;
  if (nearest === undefined || within !== undefined) return [];
  return isKey(written) ? [{ title: l10n.t('Rename to {0}', nearest), edits: [{ kind: 'renameKey', object: context.object, path: field.path, key: nearest }] }] : context.changesTo(field, [nearest]);
}

/** Of a map of parameters the name is the key of the value's field. */
function isKey({ nameText, valueText }: RestoreWithParameters['parameters'][number]): boolean {
  return nameText.within === undefined && nameText.field === valueText.field;
}
