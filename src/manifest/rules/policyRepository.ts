import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { nearestName } from '../nearestName';
import type { Rule } from './rule';

/**
 * @see controllers/dataprotection/utils.go getBackupRepo: "backup repo %s not found"
 * @see controllers/dataprotection/backuppolicy_controller.go: the policy is Available all the same
 */
export const policyRepository: Rule = {
  code: 'KB-P009',
  severity: 'error',
  title: 'Policy whose repository does not exist',
  lines: LINES,
  kinds: ['BackupPolicy'],
  check(context) {
    const field = context.spec.at('backupRepoName');
    const known = context.all('BackupRepo');
    if (field.text === undefined || field.text === '' || known.certainty !== 'allowed') return;
    const names = known.facts.map(({ object }) => object.metadata.name);
    if (names.includes(field.text)) return;
    const nearest = nearestName(field.text, names);
    context.report(field, l10n.t('There is no repository {0}: the policy becomes Available, and every backup with it fails.', field.text), {
      fixes: context.changesTo(field, [nearest]),
    });
  },
};
