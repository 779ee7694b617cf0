import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { nearestName } from '../nearestName';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';
import { restoreUses, type RestoreUse } from './restoreUses';

/**
 * @see pkg/operations/restore.go: "backup %s not found in namespace %s"
 * @see seen on 1.0: an annotation that names no backup leaves the Cluster Creating for ever, with an event of the Component alone
 */
export const restoreBackupMissing: Rule = {
  code: 'KB-T001',
  severity: 'error',
  title: 'Restore of a backup that does not exist',
  lines: LINES,
  kinds: ['Cluster', 'OpsRequest', 'Restore'],
  check(context) {
    for (const use of restoreUses(context)) checkUse(use, context);
  },
};

function checkUse({ backup, namespace }: RestoreUse, context: RuleContext): void {
  const { text, field, within } = backup;
  const known = context.all('Backup', namespace);
  if (known.certainty !== 'allowed' || known.facts.some(({ object }) => object.metadata.name === text)) return;
  if (context.find('Backup', text, namespace) !== undefined) return;
  const where = namespace === undefined ? l10n.t('the connected cluster') : l10n.t('namespace {0} of the connected cluster', namespace);
  const nearest = nearestName(text, known.facts.map(({ object }) => object.metadata.name));
  const message =
    nearest === undefined
      ? l10n.t('There is no backup {0} in {1}. {2}', text, where, consequence(context))
      : l10n.t('There is no backup {0} in {1}; did you mean {2}? {3}', text, where, nearest, consequence(context));
  const fixes = nearest === undefined || within !== undefined ? [] : context.changesTo(field, [nearest]);
  context.report(field, message, { ...(within !== undefined && { within }), fixes });
}

function consequence({ object, line }: RuleContext): string {
  if (object.kind === 'OpsRequest') return l10n.t('The request fails.');
  if (object.kind === 'Restore') return l10n.t('The restore fails.');
  return line === '1.2' ? l10n.t('Nothing is restored.') : l10n.t('The cluster stays Creating for ever.');
}
