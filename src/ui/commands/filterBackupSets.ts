import * as l10n from '@vscode/l10n';
import { Cancelled } from '../commandError';
import { simple } from './command';

/** Shows only the backup sets that have all the given words. */
export const filterBackupSets = simple(async ({ prompts, views }) => {
  const answer = await prompts.input({
    title: l10n.t('Filter Backup Sets'),
    prompt: l10n.t('Words that must all occur in the name, cluster, method, repository or phase'),
    placeholder: l10n.t('for example: orders failed'),
    value: views.filter,
  });
  if (answer.kind !== 'value') {
    throw new Cancelled();
  }
  views.filter = answer.value.trim();
});

/** Shows all backup sets again. */
export const clearBackupSetFilter = simple(({ views }) => {
  views.filter = '';
});
