import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { repositoryProvider } from './repositoryProvider';
import type { Rule } from './rule';

/**
 * @see controllers/dataprotection/backuprepo_controller.go: volumeCapacity is the request of the PersistentVolumeClaim
 * @see k8s.io/kubernetes pkg/apis/core/validation: a request for storage must be greater than zero
 */
export const repositoryCapacity: Rule = {
  code: 'KB-R007',
  severity: 'warning',
  title: 'Mounted repository without a capacity',
  lines: LINES,
  kinds: ['BackupRepo'],
  check(context) {
    const method = context.spec.at('accessMethod');
    if ((method.isWritten && method.text !== 'Mount') || context.spec.at('volumeCapacity').isWritten || repositoryProvider(context)?.accessMethods.includes('Mount') !== true) return;
    context.report(method.isWritten ? method : context.spec.at('storageProviderRef'), l10n.t('A repository that is mounted needs volumeCapacity: its claims would ask for 0 bytes, which Kubernetes refuses.'), {
      fixes: [{ title: l10n.t('Set volumeCapacity: {0}', '100Gi'), edits: [{ kind: 'insert', object: context.object, path: context.spec.path, key: 'volumeCapacity', value: '100Gi' }] }],
    });
  },
};
