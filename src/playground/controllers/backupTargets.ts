import { RESOURCES } from '../resources';
import { readAll } from '../runtime/edits';
import type { World } from '../world';
import type { Pod } from '../workloads/workload';
import { Failure } from './failure';
import type { BackupTarget, LabelSelector, Method, Policy } from './shapes';

export interface ChosenTarget {
  readonly target: BackupTarget;
  readonly pods: readonly Pod[];
}

/** The targets of a method: its own, else the policy's (`pkg/dataprotection/utils` GetBackupTargets). */
export function targetsOf(policy: Policy, method: Method): readonly BackupTarget[] {
  if (method.targets !== undefined && method.targets.length > 0) return method.targets;
  if (method.target !== undefined) return [method.target];
  if (policy.spec?.targets !== undefined && policy.spec.targets.length > 0) return policy.spec.targets;
  return policy.spec?.target === undefined ? [] : [policy.spec.target];
}

/** Whether the status shows `targets` rather than `target`. */
export function hasSeveralTargets(policy: Policy, method: Method): boolean {
  if ((method.targets?.length ?? 0) > 0) return true;
  return method.target === undefined && (policy.spec?.targets?.length ?? 0) > 0;
}

/** Picks the pods to back up, or refuses as the controller does. */
export function chooseTargets(policy: Policy, method: Method, world: World): readonly ChosenTarget[] {
  const targets = targetsOf(policy, method);
  if (targets.length === 0) {
    throw new Failure(`backup target/targets can not be empty in backupPolicy "${policy.metadata.name}"`);
  }
  return targets.map((target) => {
    const pods = podsOf(target, policy.metadata.namespace ?? '', world);
    if (pods.length === 0) {
      throw new Failure(`failed to get target pods by backup policy ${policy.metadata.namespace ?? ''}/${policy.metadata.name}`);
    }
    return { target, pods };
  });
}

/** Strategy Any: the first running pod, by the fallback labels if need be. All: every pod. */
function podsOf({ podSelector }: BackupTarget, namespace: string, world: World): readonly Pod[] {
  const matching = podsMatching(podSelector, namespace, world);
  if (podSelector?.strategy === 'All') return matching;
  const first = matching.find(isRunning);
  if (first !== undefined) return [first];
  const fallback = podSelector?.fallbackLabelSelector;
  return fallback === undefined ? [] : podsMatching(fallback, namespace, world).filter(isRunning).slice(0, 1);
}

function podsMatching(selector: LabelSelector | undefined, namespace: string, world: World): readonly Pod[] {
  if (selector?.matchLabels === undefined) return [];
  const pods = readAll<Pod>(world, RESOURCES.pod, { namespace, labels: selector.matchLabels });
  return [...pods].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

function isRunning({ status, metadata }: Pod): boolean {
  return status?.phase === 'Running' && metadata.deletionTimestamp === undefined;
}
