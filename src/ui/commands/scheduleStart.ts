import * as l10n from '@vscode/l10n';
import { backupMethods, policiesOf, type MethodOption } from '../../kubeblocks/backupMethods';
import { componentOf, indexClusters, type ClusterEntry } from '../../kubeblocks/clusterIndex';
import { keyOf, objectKey, type Inventory } from '../../kubeblocks/inventory';
import { lineName } from '../../kubeblocks/schedulePlan';
import type { App } from '../app';
import { CommandError } from '../commandError';
import type { Step } from '../prompts/steps';
import type { Invocation } from './invocation';
import type { ScheduleDraft } from './scheduleDraft';
import { askScheduledCluster, askScheduledMethod, askScheduledPolicy } from './scheduleQuestions';

/** What a command's target answers already: a cluster, a policy, a schedule, or one of its lines. */
export function scheduleStart(inventory: Inventory, { ref, component, scheduleLine }: Pick<Invocation, 'ref' | 'component' | 'scheduleLine'>): ScheduleDraft {
  const { entries } = indexClusters(inventory);
  const key = ref === undefined ? '' : objectKey(ref.namespace, ref.name);
  if (ref?.kind === 'backupPolicy' || ref?.kind === 'backupSchedule') {
    const schedule = ref.kind === 'backupSchedule' ? inventory.schedules.items.get(key) : undefined;
    const policyName = ref.kind === 'backupPolicy' ? ref.name : schedule?.spec?.backupPolicyName;
    const policy = inventory.policies.items.get(objectKey(ref.namespace, policyName ?? ''));
    const entry = policy && [...entries.values()].find(({ policies }) => policies.some((each) => keyOf(each) === keyOf(policy)));
    if (entry === undefined || policy === undefined) {
      return {};
    }
    const item = schedule?.spec?.schedules?.find((each) => lineName(each) === scheduleLine);
    const method = item === undefined ? undefined : backupMethods(inventory, policy).find(({ name }) => name === item.backupMethod);
    return {
      entry,
      policy,
      ...(schedule === undefined ? {} : { schedule: ref.name }),
      ...(item === undefined || method === undefined ? {} : { method, line: { schedule: ref.name, name: lineName(item) } }),
    };
  }
  const entry = ref?.kind === 'cluster' ? entries.get(key) : undefined;
  return entry === undefined ? {} : scheduleDraftFor(entry, component);
}

/** The draft for a cluster: its policy is chosen where there is only one. Throws where there is none. */
export function scheduleDraftFor(entry: ClusterEntry, component?: string): ScheduleDraft {
  const policies = policiesOf(entry);
  if (policies.length === 0) {
    throw new CommandError(l10n.t('{0} has no backup policy, so that nothing can run by schedule. Its engine’s add-on brings no backup methods, or the policy was deleted.', entry.name));
  }
  const policy = policies.find((each) => component !== undefined && componentOf(each) === component) ?? (policies.length === 1 ? policies[0] : undefined);
  return { entry, ...(policy === undefined ? {} : { policy }) };
}

export interface LineQuestions {
  readonly title: string;
  readonly start: ScheduleDraft;
  readonly draft: ScheduleDraft;
  readonly fits: (option: MethodOption, draft: ScheduleDraft) => boolean;
}

/** Which line, as far as the command was not called on one. */
export function scheduleLineQuestions(app: App, inventory: Inventory, { title, start, draft, fits }: LineQuestions): readonly Step<ScheduleDraft>[] {
  const named = draft.entry === undefined ? title : l10n.t('{0}: {1}', title, draft.entry.name);
  const severalPolicies = start.policy === undefined && (draft.entry === undefined || policiesOf(draft.entry).length > 1);
  return [
    ...(start.entry === undefined ? [askScheduledCluster(app, inventory, named, scheduleDraftFor)] : []),
    ...(severalPolicies ? [askScheduledPolicy(app, named)] : []),
    ...(start.method === undefined ? [askScheduledMethod(app, inventory, named, fits)] : []),
  ];
}
