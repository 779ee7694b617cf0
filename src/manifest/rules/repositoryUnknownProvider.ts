import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { nearestName } from '../nearestName';
import type { Rule } from './rule';

/** @see controllers/dataprotection/backuprepo_controller.go: condition StorageProviderReady False/StorageProviderNotFound */
export const repositoryUnknownProvider: Rule = {
  code: 'KB-R009',
  severity: 'error',
  title: 'Storage provider that does not exist',
  lines: LINES,
  kinds: ['BackupRepo'],
  check(context) {
    const field = context.spec.at('storageProviderRef');
    const known = context.all('StorageProvider');
    if (field.text === undefined || known.certainty !== 'allowed') return;
    const names = known.facts.map(({ object }) => object.metadata.name);
    if (names.includes(field.text)) return;
    const nearest = nearestName(field.text, names);
    const message =
      names.length === 0
        ? l10n.t('There is no storage provider {0}, nor any other: the repository stays Failed.', field.text)
        : l10n.t('There is no storage provider {0} (there are {1}): the repository stays Failed.', field.text, names.join(', '));
    context.report(field, message, {
      fixes: context.changesTo(field, [nearest]),
    });
  },
};
