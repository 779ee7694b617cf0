import type { KubeObject } from '../../kubeblocks/objects';
import { Failure } from './failure';
import type { BackupSet, BackupTarget, RequiredPolicy } from './shapes';

/** Of a backup: what a restore reads, by name where there are several. */
export function sourceTargetOf({ status }: BackupSet, name: string): BackupTarget | undefined {
  return status?.targets?.find((target) => target.name === name) ?? status?.target;
}

/**
 * Whose copy of a backup of all pods the claims or the pod at an index get: `GetSourcePodNameFromTarget` of
 * `pkg/dataprotection/restore/utils.go`. Empty for a backup of one pod; undefined where there is none for that index, and
 * nothing is restored. Throws a `Failure` where the restore does not say.
 */
export function sourcePod(target: BackupTarget | undefined, policy: RequiredPolicy | undefined, index: number): string | undefined {
  if (target?.podSelector?.strategy !== 'All') return '';
  if (policy === undefined) throw new Failure('requiredPolicyForAllPodSelection can not be empty when the pod selection strategy of the source target is All');
  if (policy.dataRestorePolicy === 'OneToMany') {
    const name = policy.sourceOfOneToMany?.targetPodName ?? '';
    if (name === '') throw new Failure('the source target pod can not be empty when restore policy is OneToMany');
    return name;
  }
  return target.selectedTargetPods?.[index];
}

/** What a component's restore says of it (`buildRequiredPolicy` of `pkg/controller/plan/restore.go`): each pod its own. */
export function oneToOne(backup: KubeObject, targetName = ''): { readonly requiredPolicyForAllPodSelection?: RequiredPolicy } {
  const isOfAll = sourceTargetOf(backup, targetName)?.podSelector?.strategy === 'All';
  return isOfAll ? { requiredPolicyForAllPodSelection: { dataRestorePolicy: 'OneToOne' } } : {};
}
