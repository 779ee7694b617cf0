import * as l10n from '@vscode/l10n';
import { asChoices } from '../asChoices';
import type { Field } from '../field';
import type { Fix } from '../fix';
import { removal } from '../removal';
import { schemaAt } from '../schema/schemaOf';
import { opsRestore } from './restoreUses';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see pkg/operations/restore.go: "spec.restore can not be empty"
 * @see pkg/operations/backup.go: an absent spec.backup is an empty one
 */
export const opsTypeWithoutSpec: Rule = {
  code: 'KB-O006',
  severity: 'error',
  title: 'Request whose type and content do not go together',
  lines: ['0.9', '1.0', '1.1', '1.2'],
  kinds: ['OpsRequest'],
  check(context) {
    const { spec, object, dialect } = context;
    const type = spec.at('type');
    if (schemaAt(dialect.kindOf(object.apiVersion, object.kind)?.schema, ['spec', 'type'])?.enum?.includes(type.text) === false) return;
    const restore = opsRestore(context);
    if (restore !== undefined && !restore.isWritten) {
      context.report(type, l10n.t('A request of type Restore says in spec.restore which backup it wants: without it the request fails.'));
    }
    const unused = type.text === 'Restore' ? ['backup', 'backupSpec'] : type.text === 'Backup' ? ['restore', 'restoreSpec'] : ['backup', 'backupSpec', 'restore', 'restoreSpec'];
    for (const key of unused) {
      const field = spec.at(key);
      if (field.isWritten && type.text !== undefined) context.report(field, l10n.t('A request of type {0} does not read {1}: KubeBlocks ignores it.', type.text, key), { part: 'key', severity: 'warning', tags: ['unnecessary'], fixes: unreadFixes(field, type, context) });
    }
  },
};

/** What is written may be what was wanted, and the type the slip. */
function unreadFixes(field: Field, type: Field, context: RuleContext): readonly Fix[] {
  const isServed = context.spec.at(type.text?.toLowerCase() ?? '').isWritten;
  return asChoices([...context.changesTo(type, isServed ? [] : [field.key.startsWith('backup') ? 'Backup' : 'Restore']), removal(context.object, field)]);
}
