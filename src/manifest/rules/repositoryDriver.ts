import * as l10n from '@vscode/l10n';
import type { StorageProvider } from '../../kubeblocks/objects';
import { originText } from '../facts/originText';
import { repositoryProvider } from './repositoryProvider';
import type { Rule } from './rule';

/**
 * @see controllers/dataprotection/backuprepo_controller.go: StorageProviderReady False/StorageProviderNotReady, "CSI driver is not installed"
 * @see seen on 1.0: with accessMethod Tool the driver is not needed
 */
export const repositoryDriver: Rule = {
  code: 'KB-R011',
  severity: 'error',
  title: 'Mounted repository without the CSI driver of its provider',
  lines: ['0.7', '0.8', '0.9', '1.0', '1.1', '1.2'],
  kinds: ['BackupRepo'],
  check(context) {
    const method = context.spec.at('accessMethod');
    const reference = context.spec.at('storageProviderRef');
    if (method.isWritten && method.text !== 'Mount') return;
    const provider = reference.text === undefined ? undefined : context.findLive('StorageProvider', reference.text);
    const { spec, status } = (provider?.object ?? {}) as StorageProvider;
    if (provider === undefined || status?.phase !== 'NotReady' || (spec?.csiDriverName ?? '') === '') return;
    const field = method.isWritten ? method : reference;
    context.report(field, l10n.t('Storage provider {0} {1} is NotReady: its CSI driver {2} is not installed, and a repository that is mounted needs it. It stays Failed; install the driver, or use accessMethod Tool.', reference.text ?? '', originText(provider.origin), spec?.csiDriverName ?? ''), { fixes: repositoryProvider(context)?.accessMethods.includes('Tool') === true ? [context.set(method, 'Tool')] : [] });
  },
};
