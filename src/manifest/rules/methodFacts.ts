import { actionSetType, type BackupType } from '../../kubeblocks/backupState';
import type { ActionSet, BackupMethod } from '../../kubeblocks/objects';
import type { Fact } from '../facts/facts';
import { policyMethods } from './policyMethods';
import type { RuleContext } from './ruleContext';

/** What is known of a method that something names. */
export interface MethodFacts {
  readonly policy: Fact;
  readonly method: BackupMethod;
  readonly actionSet: ActionSet | undefined;
  /** Undefined where the action set is not known. A snapshot without one counts as Full. */
  readonly type: BackupType | undefined;
}

/** Undefined where the policy is not known or does not have the method. */
export function methodFacts(policyName: string | undefined, methodName: string | undefined, context: RuleContext): MethodFacts | undefined {
  const policy = policyName === undefined ? undefined : context.find('BackupPolicy', policyName);
  const method = policy === undefined ? undefined : policyMethods(policy).find(({ name }) => name === methodName);
  if (policy === undefined || method === undefined) return undefined;
  const actionSet = method.actionSetName === undefined ? undefined : (context.find('ActionSet', method.actionSetName)?.object as ActionSet | undefined);
  const isBareSnapshot = method.snapshotVolumes === true && (method.actionSetName ?? '') === '';
  return { policy, method, actionSet, type: actionSet !== undefined ? actionSetType(actionSet) : isBareSnapshot ? 'Full' : undefined };
}
