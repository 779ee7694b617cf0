import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { repositoryProvider } from './repositoryProvider';
import type { Rule } from './rule';

/**
 * @see controllers/dataprotection/backuprepo_controller.go: InvalidStorageProvider, "DatasafedConfigTemplate is empty"
 * @see controllers/dataprotection/backuprepo_controller.go: "both StorageClassTemplate and PersistentVolumeClaimTemplate are empty"
 */
export const repositoryAccessMethod: Rule = {
  code: 'KB-R005',
  severity: 'error',
  title: 'Access method that the storage provider cannot do',
  lines: LINES,
  kinds: ['BackupRepo'],
  check(context) {
    const field = context.spec.at('accessMethod');
    const provider = repositoryProvider(context);
    const chosen = field.isWritten ? field.text : 'Mount';
    const [other] = provider?.accessMethods ?? [];
    if (other === undefined || chosen === undefined || !METHODS.includes(chosen) || provider?.accessMethods.includes(chosen) === true) return;
    const name = context.spec.at('storageProviderRef').text ?? '';
    const message = field.isWritten
      ? l10n.t('Storage provider {0} knows only access method {1}: the repository stays Failed.', name, other)
      : l10n.t('Storage provider {0} knows only access method {1}, and Mount is meant where none is given: the repository stays Failed.', name, other);
    const { spec } = context;
    context.report(field.isWritten ? field : spec.at('storageProviderRef'), message, { fixes: field.isWritten ? context.changesTo(field, [other]) : [context.set(field, other)] });
  },
};

const METHODS: readonly string[] = ['Mount', 'Tool'];
