import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { ANNOTATIONS } from '../../kubeblocks/labels';
import type { Rule } from './rule';

/** @see controllers/dataprotection/backuprepo_controller.go: status.isDefault is whether the annotation is "true", letter by letter */
export const repositoryDefaultText: Rule = {
  code: 'KB-R016',
  severity: 'warning',
  title: 'Default repository that is none',
  lines: LINES,
  kinds: ['BackupRepo'],
  check(context) {
    const field = context.annotation(ANNOTATIONS.defaultRepo);
    if (field.text === undefined || ['true', 'false', ''].includes(field.text)) return;
    context.report(field, l10n.t('"{0}" does not make this repository the default: only "true" does. A backup whose policy names no repository does not find it.', field.text), {
      fixes: [context.setValue(l10n.t('Change to {0}', '"true"'), field, 'true')],
    });
  },
};
