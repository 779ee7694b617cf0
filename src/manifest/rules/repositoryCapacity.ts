import * as l10n from '@vscode/l10n';
import { parseBytes } from '../../kubeblocks/bytes';
import { LINES } from '../../kubeblocks/kinds';
import { repositoryProvider } from './repositoryProvider';
import type { Rule } from './rule';

/**
 * @see controllers/dataprotection/backuprepo_controller.go: volumeCapacity is the request of the PersistentVolumeClaim
 * @see seen: the controller writes volumeCapacity: "0" into a repository that names none
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
    const capacity = context.spec.at('volumeCapacity');
    const isSet = capacity.isWritten && (parseBytes(capacity.text ?? capacity.number) ?? 1) > 0;
    if ((method.isWritten && method.text !== 'Mount') || isSet || repositoryProvider(context)?.accessMethods.includes('Mount') !== true) return;
    context.report(capacity.isWritten ? capacity : method.isWritten ? method : context.spec.at('storageProviderRef'), l10n.t('A repository that is mounted needs volumeCapacity: its claims would ask for 0 bytes, which Kubernetes refuses.'), {
      fixes: [context.set(capacity, '100Gi')],
    });
  },
};
