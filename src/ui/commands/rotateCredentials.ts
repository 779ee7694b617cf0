import * as l10n from '@vscode/l10n';
import { credentialsOf, planRotation, rotationProblem } from '../../kubeblocks/credentialRotation';
import { objectKey } from '../../kubeblocks/inventory';
import type { BackupRepo } from '../../kubeblocks/objects';
import { SECRET } from '../../kubeblocks/repositoryPlan';
import { repositoryState } from '../../kubeblocks/repositoryState';
import { repositoryParameterProblem } from '../../kubeblocks/storageProviderOptions';
import { rotateCredentials as rotate, tryRotation } from '../../operations/rotateCredentials';
import type { App } from '../app';
import { CommandError } from '../commandError';
import { mapAnswer } from '../prompts/prompts';
import { runSteps, type Step } from '../prompts/steps';
import type { Command } from './command';
import { followRepository } from './followRepository';
import { pickRepository, requireInventory } from './pickObject';
import { requireOperations } from './requireOperations';
import { accepted, review, type Follow } from './review';
import { runInBackground } from './runCommand';

/** Texts by parameter name: they live in this window's memory alone. */
interface Draft {
  readonly values: Readonly<Record<string, string>>;
}

/** Puts new credentials into the Secret of a repository, and follows the check that KubeBlocks then makes. */
export const rotateCredentials: Command = async (app, { ref }) => {
  const inventory = await requireInventory(app, ['repos', 'storageProviders']);
  app.contextRules.requireChangeable(inventory.context);
  const title = l10n.t('Rotate Credentials');
  const { name } = ref?.kind === 'backupRepo' ? ref : await pickRepository(app, title, (repo) => rotationProblem(inventory, repo) === undefined && repositoryState(repo) !== 'deleting');
  const repo = inventory.repos.items.get(objectKey(undefined, name));
  const problem = repo === undefined ? l10n.t('Repository {0} is not there any more.', name) : rotationProblem(inventory, repo);
  if (repo === undefined || problem !== undefined) {
    throw new CommandError(problem ?? '');
  }
  return askAndRotate(app, inventory.context, repo, { values: {} });
};

/** `suspect` is the credential to begin with. */
async function askAndRotate(app: App, context: string, repo: BackupRepo, start: Draft, suspect?: string): Promise<Follow | undefined> {
  const follows: Follow[] = [];
  const parameters = credentialsOf(requireOperations(app, context).session.inventory, repo);
  const steps = [...parameters.map((parameter) => askCredential(app, repo, parameter)), reviewStep(app, context, repo, (follow) => follows.push(follow))];
  await runSteps<Draft>(() => steps, start, Math.max(0, parameters.findIndex(({ name }) => name === suspect)));
  return follows.at(-1);
}

/** Left empty, it stays as it is. */
function askCredential(app: App, repo: BackupRepo, parameter: ReturnType<typeof credentialsOf>[number]): Step<Draft> {
  return async (draft, position) => {
    const answer = await app.prompts.input({
      title: l10n.t('New {0} of repository {1}', parameter.name, repo.metadata.name),
      prompt: parameter.schema.description ?? l10n.t('Empty leaves it as it is'),
      placeholder: l10n.t('Empty leaves it as it is'),
      value: draft.values[parameter.name] ?? '',
      password: true,
      validate: (text) => (text === '' ? undefined : repositoryParameterProblem(parameter, text)),
      position,
    });
    return mapAnswer(answer, (text) => ({ values: { ...draft.values, [parameter.name]: text } }));
  };
}

function reviewStep(app: App, context: string, repo: BackupRepo, onAgreed: (follow: Follow) => void): Step<Draft> {
  return async (draft, position) => {
    const operations = requireOperations(app, context);
    const plan = planRotation(operations.session.inventory, repo, draft.values);
    const { secret } = plan;
    if (secret === undefined) {
      return { kind: 'back' };
    }
    const { name, uid } = repo.metadata;
    const retry = (existing: BackupRepo, suspect: string | undefined): Promise<void> =>
      runInBackground(app)(`rotating the credentials of repository ${name}`, async () => {
        app.contextRules.requireChangeable(context);
        await (await askAndRotate(app, context, existing, draft, suspect))?.();
      });
    const answer = await review(app, {
      title: l10n.t('Rotate Credentials of {0}', name),
      context,
      accept: l10n.t('Change Secret {0}', secret.metadata.name),
      summary: l10n.t('In namespace {0} ({1}). KubeBlocks then checks the repository again.', secret.metadata.namespace ?? '', context),
      document: `${secret.metadata.name}.yaml`,
      plan: { resource: SECRET, object: secret, findings: plan.findings },
      dryRun: async (signal) => accepted(await tryRotation(operations, plan, signal)),
      submit: async () => {
        await rotate(operations, plan);
        const followed = { kind: 'repository', context, namespace: '', name, ...(uid === undefined ? {} : { uid }) } as const;
        return () => followRepository(app, operations, followed, { plan, parameters: credentialsOf(operations.session.inventory, repo), retry });
      },
      position,
    });
    return mapAnswer(answer, (follow) => {
      onAgreed(follow);
      return draft;
    });
  };
}
