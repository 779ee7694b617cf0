import type { BackupMethod, BackupPolicy } from '../../kubeblocks/objects';
import type { Fact } from '../facts/facts';

/** The methods of a policy that somebody wrote: what is not a list of maps is none. */
export function policyMethods({ object }: Fact): readonly BackupMethod[] {
  const methods: unknown = (object as BackupPolicy).spec?.backupMethods;
  return Array.isArray(methods) ? methods.filter((method): method is BackupMethod => typeof method === 'object' && method !== null && typeof (method as BackupMethod).name === 'string') : [];
}
