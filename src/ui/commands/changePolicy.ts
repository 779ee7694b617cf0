import * as l10n from '@vscode/l10n';
import { indexClusters } from '../../kubeblocks/clusterIndex';
import { KINDS } from '../../kubeblocks/kinds';
import type { Inventory } from '../../kubeblocks/inventory';
import { isCutLoose } from '../../kubeblocks/policyPlace';
import { planPolicy, type PolicyPlan, type PolicyWish } from '../../kubeblocks/policyPlan';
import type { WholePolicy } from '../../kubeblocks/wholeObjects';
import { changePolicy as change, tryPolicy } from '../../operations/changePolicy';
import { explainApiError } from '../../operations/explainApiError';
import { secretKeys } from '../../operations/secretKeys';
import type { App } from '../app';
import type { Operations } from '../connection/operations';
import { mapAnswer } from '../prompts/prompts';
import { runSteps, type Step } from '../prompts/steps';
import { pickPolicy, policySubjectOf, type PolicySubject } from './changePolicyRepository';
import { simple } from './command';
import { notify } from './notify';
import { requireInventory } from './pickObject';
import { askField, questionsFor, secretOf, wishOf, type PolicyDraft } from './policyQuestions';
import { requireOperations } from './requireOperations';
import { accepted, review } from './review';

const title = (): string => l10n.t('Change Policy');

/** Changes what a backup policy encrypts, which pods it takes, or whether its newest backup expires; written so that it stays. */
export const changePolicy = simple(async (app, { ref }) => {
  const inventory = await requireInventory(app, ['clusters', 'policies', 'backups', 'actionSets']);
  app.contextRules.requireChangeable(inventory.context);
  const subject = policySubjectOf(inventory, ref);
  const start = subject === undefined ? {} : await startOf(app, inventory.context, subject);
  await runSteps<PolicyDraft>((draft) => [...(subject === undefined ? [askPolicy(app, inventory)] : []), askField(app), ...questionsFor(app, inventory.context, draft), reviewStep(app, inventory.context)], start);
});

function askPolicy(app: App, inventory: Inventory): Step<PolicyDraft> {
  return async (draft, position) => {
    const answer = await pickPolicy(app, inventory, title(), draft.subject?.policy, position);
    return answer.kind === 'value' ? { kind: 'value', value: await startOf(app, inventory.context, answer.value) } : answer;
  };
}

/** The list does not keep the whole policy, so it is read. */
async function startOf(app: App, context: string, subject: PolicySubject): Promise<PolicyDraft> {
  const { name, namespace } = subject.policy.metadata;
  try {
    return { subject, policy: await requireOperations(app, context).session.api.get<WholePolicy>(KINDS.backupPolicy, name, namespace) };
  } catch (error) {
    throw explainApiError(error, l10n.t('{0} cannot be shown', name));
  }
}

function reviewStep(app: App, context: string): Step<PolicyDraft> {
  return async (draft, position) => {
    const operations = requireOperations(app, context);
    const { subject, policy } = draft;
    const secret = secretOf(draft);
    const found = secret === undefined ? undefined : await keysNow(operations, policy?.metadata.namespace ?? '', secret);
    const wish = wishOf(draft, found);
    if (subject === undefined || policy === undefined || wish === undefined) {
      return { kind: 'back' };
    }
    const { inventory } = operations.session;
    const entry = indexClusters(inventory).entries.get(subject.entry.key) ?? subject.entry;
    const plan = planPolicy(inventory, entry, policy, wish, app.time().now);
    const { name, namespace = '' } = policy.metadata;
    const answer = await review(app, {
      title: l10n.t('Change Policy {0}', name),
      context,
      accept: l10n.t('Change {0} {1}', KINDS.backupPolicy.kind, name),
      summary: plan.secret === undefined ? l10n.t('In {0} ({1}).', namespace, context) : l10n.t('Makes Secret {0} first, in {1} ({2}).', plan.secret.metadata.name, namespace, context),
      document: `${name}.yaml`,
      plan: { resource: KINDS.backupPolicy, object: shownOf(plan, wish), findings: plan.findings, ...(plan.secret === undefined ? {} : { before: [plan.secret] }), whole: { objects: [...(plan.secret === undefined ? [] : [plan.secret]), plan.change.object], before: [policy] } },
      dryRun: async (signal) => accepted(await tryPolicy(operations, plan, signal)),
      submit: async () => {
        await change(operations, operations.submissions, plan);
        notify(app, 'info', l10n.t('Policy {0} is changed.', name), [{ label: l10n.t('Show'), command: 'kubeblocksBackup.describe', arguments: [{ kind: 'backupPolicy', namespace, name }] }]);
        return () => Promise.resolve();
      },
      position,
    });
    return mapAnswer(answer, () => draft);
  };
}

/** Read for each review: somebody may make it meanwhile. */
async function keysNow(operations: Operations, namespace: string, name: string): ReturnType<typeof secretKeys> {
  try {
    return await secretKeys(operations, namespace, name);
  } catch (error) {
    throw explainApiError(error, l10n.t('Secret {0} could not be looked at', name));
  }
}

/** Of the policy what the wish is about. */
function shownOf({ change: { object } }: PolicyPlan, wish: PolicyWish): WholePolicy {
  const { apiVersion, kind, metadata, spec = {} } = object;
  const { encryptionConfig, retentionPolicy, target, targets, backupMethods } = spec;
  const method = wish.kind === 'target' ? wish.method : undefined;
  const shown =
    wish.kind === 'target'
      ? method === undefined
        ? { target, targets }
        : { backupMethods: (backupMethods ?? []).filter(({ name }) => name === method) }
      : wish.kind === 'keepLatest'
        ? { retentionPolicy }
        : { encryptionConfig };
  return {
    apiVersion,
    kind,
    metadata: { name: metadata.name, ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }), ...(isCutLoose(object) && metadata.annotations !== undefined ? { annotations: metadata.annotations } : {}) },
    spec: Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== undefined)),
  };
}
