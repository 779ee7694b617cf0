import * as l10n from '@vscode/l10n';
import type { Inventory } from '../../kubeblocks/inventory';
import { KINDS } from '../../kubeblocks/kinds';
import type { RepositoryPlan } from '../../kubeblocks/repositoryPlan';
import { createRepository as create, tryRepository } from '../../operations/createRepository';
import type { App } from '../app';
import { mapAnswer } from '../prompts/prompts';
import { runSteps, type Step } from '../prompts/steps';
import type { Command } from './command';
import { followRepository, type RetryRepository } from './followRepository';
import { requireInventory } from './pickObject';
import { accessMethodOf, parametersOf, repositoryPlanOf, type RepositoryDraft } from './repositoryDraft';
import { askAccessMethod, askCapacity, askDefault, askOptionalParameters, askPathPrefix, askProvider, askReclaimPolicy, askRepositoryName, askRepositoryParameter, askSecretNamespace } from './repositoryQuestions';
import { requireOperations } from './requireOperations';
import { accepted, review, type Follow } from './review';
import { runInBackground } from './runCommand';

/** Makes a repository: asks what its provider's schema asks for, shows the manifests, creates it and follows its check. */
export const createRepository: Command = async (app) => {
  const inventory = await requireInventory(app, ['repos', 'storageProviders']);
  app.contextRules.requireChangeable(inventory.context);
  return askAndCreate(app, inventory, { parameters: {} });
};

/** `suspect` is the setting to begin with: what came before it is answered. */
async function askAndCreate(app: App, inventory: Inventory, start: RepositoryDraft, suspect?: string): Promise<Follow | undefined> {
  const created: Follow[] = [];
  const stepsFor = stepsOf(app, inventory, suspect, (follow) => created.push(follow));
  const index = stepsFor(start).findIndex(({ about }) => about.includes(suspect ?? ''));
  await runSteps((draft: RepositoryDraft) => stepsFor(draft).map(({ ask }) => ask), start, Math.max(0, index));
  return created.at(-1);
}

interface Question {
  /** The parameters that are asked for here. */
  readonly about: readonly string[];
  readonly ask: Step<RepositoryDraft>;
}

/** The questions that a draft leaves open. Of a repository that exists, what cannot be changed any more is not asked. */
function stepsOf(app: App, inventory: Inventory, suspect: string | undefined, onCreated: (follow: Follow) => void): (draft: RepositoryDraft) => readonly Question[] {
  const latest = (): Inventory => app.active.inventory ?? inventory;
  const further = askOptionalParameters(app, suspect);
  const reviewing = reviewStep(app, inventory.context, onCreated);
  return (draft) => {
    const parameters = parametersOf(draft);
    const optional = parameters.filter(({ required }) => !required).map(({ name }) => name);
    const isNew = draft.existing === undefined;
    return [
      ...(isNew ? [plain(askProvider(app, inventory))] : []),
      ...(isNew && (draft.provider?.accessMethods.length ?? 0) > 1 ? [plain(askAccessMethod(app))] : []),
      ...(isNew ? [plain(askRepositoryName(app, latest))] : []),
      ...parameters.filter(({ required }) => required).map((parameter) => ({ about: [parameter.name], ask: askRepositoryParameter(app, parameter) })),
      ...(optional.length > 0 ? [{ about: optional, ask: further }] : []),
      ...(draft.existing?.spec?.credential === undefined && parameters.some(({ secret }) => secret) ? [plain(askSecretNamespace(app, latest))] : []),
      ...(hasPathPrefix(inventory) ? [plain(askPathPrefix(app))] : []),
      ...(accessMethodOf(draft) === 'Mount' ? [plain(askCapacity(app))] : []),
      plain(askReclaimPolicy(app)),
      plain(askDefault(app, latest)),
      plain(reviewing),
    ];
  };
}

function plain(ask: Step<RepositoryDraft>): Question {
  return { about: [], ask };
}

/** Repositories have had one since 0.9. */
function hasPathPrefix({ line }: Inventory): boolean {
  return line !== '0.7' && line !== '0.8';
}

function reviewStep(app: App, context: string, onCreated: (follow: Follow) => void): Step<RepositoryDraft> {
  return async (draft, position) => {
    const operations = requireOperations(app, context);
    const plan = repositoryPlanOf(draft, operations.session.inventory);
    if (plan === undefined) {
      return { kind: 'back' };
    }
    const { repo, secret, findings } = plan;
    const { name } = repo.metadata;
    const answer = await review(app, {
      title: l10n.t('Repository {0}', name),
      context,
      accept: draft.existing === undefined ? l10n.t('Create BackupRepo {0}', name) : l10n.t('Change BackupRepo {0}', name),
      summary: summaryOf(plan, context),
      document: `${name}.yaml`,
      plan: { resource: KINDS.backupRepo, object: repo, findings, ...(secret === undefined ? {} : { before: [secret] }) },
      dryRun: async (signal) => accepted(await tryRepository(operations, plan, signal)),
      submit: async () => {
        const { metadata } = await create(operations, operations.submissions, plan);
        const { uid } = metadata;
        const followed = { kind: 'repository', context, namespace: '', name, ...(uid === undefined ? {} : { uid }) } as const;
        return () => followRepository(app, operations, followed, { plan, parameters: parametersOf(draft), retry: retryOf(app, context, draft) });
      },
      position,
    });
    return mapAnswer(answer, (follow) => {
      onCreated(follow);
      return draft;
    });
  };
}

/** Asks again with every answer kept, credentials too, and changes the repository that is there. */
function retryOf(app: App, context: string, draft: RepositoryDraft): RetryRepository {
  return (existing, suspect) =>
    runInBackground(app)(`changing repository ${existing.metadata.name}`, async () => {
      app.contextRules.requireChangeable(context);
      const { inventory } = requireOperations(app, context).session;
      const follow = await askAndCreate(app, inventory, { ...draft, existing }, suspect);
      await follow?.();
    });
}

function summaryOf({ repo, secret, existing }: RepositoryPlan, context: string): string {
  const { storageProviderRef = '', accessMethod = '' } = repo.spec ?? {};
  const where = l10n.t('{0} by {1}, in {2}.', storageProviderRef, accessMethod, context);
  const { name = '', namespace = '' } = secret?.metadata ?? {};
  const credentials = secret === undefined ? [] : [existing?.spec?.credential === undefined ? l10n.t('The credentials go into the new Secret {0} in {1}.', name, namespace) : l10n.t('The credentials go into Secret {0} in {1}.', name, namespace)];
  return [where, ...credentials, l10n.t('KubeBlocks then writes a file to it and reads it back.')].join(' ');
}
