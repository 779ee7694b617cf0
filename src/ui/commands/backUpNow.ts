import * as l10n from '@vscode/l10n';
import { policiesOf } from '../../kubeblocks/backupMethods';
import type { BackupPlan } from '../../kubeblocks/backupPlan';
import { indexClusters } from '../../kubeblocks/clusterIndex';
import { keyOf, objectKey, type Inventory } from '../../kubeblocks/inventory';
import { KINDS } from '../../kubeblocks/kinds';
import { localText } from '../../kubeblocks/timeText';
import { backUp, tryBackup } from '../../operations/backUp';
import type { App } from '../app';
import type { ObjectRef } from '../objectRef';
import { mapAnswer } from '../prompts/prompts';
import { runSteps, type Step } from '../prompts/steps';
import { parametersOf, planOf, type BackupDraft } from './backupDraft';
import { askCluster, askDeletionPolicy, askMethod, askName, askParent, askPolicy, askRetention, draftFor } from './backupQuestions';
import type { Command } from './command';
import { followBackup, followedBackup } from './followBackup';
import { askParameter, inAskingOrder } from './parameterQuestion';
import { requireInventory } from './pickObject';
import { requireOperations } from './requireOperations';
import { accepted, review, type Follow } from './review';

/** Backs a cluster up now: asks what is needed, shows the manifest and the server's word on it, creates it, follows it. */
export const backUpNow: Command = async (app, { ref, component }) => {
  const inventory = await requireInventory(app, ['clusters', 'policies', 'actionSets', 'repos', 'backups']);
  app.contextRules.requireChangeable(inventory.context);
  const start = startOf(inventory, ref, component);
  const created: Follow[] = [];
  await runSteps((draft: BackupDraft) => [...questions(app, inventory, start, draft), reviewStep(app, inventory.context, (follow) => created.push(follow))], start);
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

function reviewStep(app: App, context: string, onCreated: (follow: Follow) => void): Step<BackupDraft> {
  return async (draft, position) => {
    const operations = requireOperations(app, context);
    const { inventory } = operations.session;
    const plan = planOf(draft, inventory, app.time().now);
    if (plan === undefined) {
      return { kind: 'back' };
    }
    const { name } = plan.object.metadata;
    const answer = await review(app, {
      title: l10n.t('Back Up {0}', draft.entry?.name ?? ''),
      context: inventory.context,
      accept: l10n.t('Create Backup {0}', name),
      summary: summaryOf(app, plan, inventory.context),
      document: `${name}.yaml`,
      plan: { resource: KINDS.backup, object: plan.object, findings: plan.findings },
      dryRun: async (signal) => accepted(await tryBackup(operations, plan, signal)),
      submit: async () => {
        const { object } = await backUp(operations.submissions, plan);
        return () => followBackup(app, operations, followedBackup(inventory.context, object));
      },
      position,
    });
    return mapAnswer(answer, (follow) => {
      onCreated(follow);
      return draft;
    });
  };
}

function summaryOf(app: App, { object, expiresAt }: BackupPlan, context: string): string {
  const { namespace = '' } = object.metadata;
  return expiresAt === undefined
    ? l10n.t('Kept until somebody deletes it, in {0} ({1}).', namespace, context)
    : l10n.t('Expires {0}, in {1} ({2}).', localText(expiresAt, app.time()), namespace, context);
}
