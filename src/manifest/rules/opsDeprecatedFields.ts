import * as l10n from '@vscode/l10n';
import type { Rule } from './rule';

/** @see apis/apps/v1alpha1/opsrequest_types.go of 0.9: clusterRef, backupSpec and restoreSpec are deprecated */
export const opsDeprecatedFields: Rule = {
  code: 'KB-X001',
  severity: 'hint',
  title: 'Field of an OpsRequest that 1.0 does not know any more',
  lines: ['0.9'],
  kinds: ['OpsRequest'],
  check(context) {
    for (const [old, current] of [['clusterRef', 'clusterName'], ['backupSpec', 'backup'], ['restoreSpec', 'restore']] as const) {
      const field = context.spec.at(old);
      if (!field.isWritten || context.spec.at(current).isWritten) continue;
      context.report(field, l10n.t('{0} is deprecated since 0.9, and gone from 1.0: it is {1} now.', old, current), {
        part: 'key',
        tags: ['deprecated'],
        fixes: [{ title: l10n.t('Rename to {0}', current), edits: [{ kind: 'renameKey', object: context.object, path: field.path, key: current }] }],
      });
    }
  },
};
