import { policiesOf } from '../../kubeblocks/backupMethods';
import { indexClusters } from '../../kubeblocks/clusterIndex';
import { keyOf, objectKey, type Inventory } from '../../kubeblocks/inventory';
import type { App } from '../app';
import type { ObjectRef } from '../objectRef';
import { runSteps, type Step } from '../prompts/steps';
import { parametersOf, type BackupDraft } from './backupDraft';
import { askCluster, askMethod, askName, askParent, askPolicy, draftFor } from './backupQuestions';
import { backupReview } from './backupReview';
import type { Command } from './command';
import { askParameter, inAskingOrder } from './parameterQuestion';
import { requireInventory } from './pickObject';
import { askDeletionPolicy, askRetention } from './retentionQuestions';
import type { Follow } from './review';

/** Backs a cluster up now: asks what is needed, shows the manifest and the server's word on it, creates it, follows it. */
export const backUpNow: Command = async (app, { ref, component }) => {
  const inventory = await requireInventory(app, ['clusters', 'policies', 'actionSets', 'repos', 'backups']);
  app.contextRules.requireChangeable(inventory.context);
  const start = startOf(inventory, ref, component);
  const created: Follow[] = [];
  await runSteps((draft: BackupDraft) => [...questions(app, inventory, start, draft), backupReview(app, inventory.context, (follow) => created.push(follow))], start);
  return created.at(-1);
};

/** What the command's target answers already. */
function startOf(inventory: Inventory, ref: ObjectRef | undefined, component: string | undefined): BackupDraft {
  const key = ref === undefined ? '' : objectKey(ref.namespace, ref.name);
  const { entries } = indexClusters(inventory);
  if (ref?.kind === 'backupPolicy') {
    const entry = [...entries.values()].find(({ policies }) => policies.some((policy) => keyOf(policy) === key));
    const policy = inventory.policies.items.get(key);
    return entry === undefined || policy === undefined ? { parameters: {} } : { parameters: {}, entry, policy };
  }
  const entry = ref?.kind === 'cluster' ? entries.get(key) : undefined;
  return entry === undefined ? { parameters: {} } : draftFor(entry, component);
}

/** The questions that this draft leaves open. What the target answered is not asked. */
function questions(app: App, inventory: Inventory, start: BackupDraft, draft: BackupDraft): readonly Step<BackupDraft>[] {
  const latest = (): Inventory => app.active.inventory ?? inventory;
  const severalPolicies = start.policy === undefined && (draft.entry === undefined || policiesOf(draft.entry).length > 1);
  return [
    ...(start.entry === undefined ? [askCluster(app, inventory)] : []),
    ...(severalPolicies ? [askPolicy(app)] : []),
    askMethod(app, inventory),
    ...(draft.method?.type === 'Incremental' ? [askParent(app)] : []),
    askName(app, latest),
    askRetention(app),
    askDeletionPolicy(app),
    ...inAskingOrder(parametersOf(draft)).map((parameter) => askParameter<BackupDraft>(app, parameter)),
  ];
}
