import * as l10n from '@vscode/l10n';
import { indexClusters, type ClusterEntry } from '../../kubeblocks/clusterIndex';
import { keyOf, objectKey, type Inventory } from '../../kubeblocks/inventory';
import type { BackupPolicy, KubeObject } from '../../kubeblocks/objects';
import { repositoryOfCluster } from '../../kubeblocks/policyPlace';
import { planPolicyRepository, type PolicyRepositoryPlan } from '../../kubeblocks/policyRepository';
import { isDefaultRepository, repositoryState, repositoryStateWords } from '../../kubeblocks/repositoryState';
import { changeObject, tryChange } from '../../operations/changeObject';
import type { App } from '../app';
import type { ObjectRef } from '../objectRef';
import { mapAnswer, type Answer, type Choice, type Position } from '../prompts/prompts';
import { runSteps, type Step } from '../prompts/steps';
import { simple } from './command';
import { notify } from './notify';
import { requireChoices, requireInventory } from './pickObject';
import { requireOperations } from './requireOperations';
import { accepted, review } from './review';

export interface PolicySubject {
  readonly entry: ClusterEntry;
  readonly policy: BackupPolicy;
}

interface Draft {
  readonly subject?: PolicySubject;
  readonly repository?: { readonly name: string | undefined };
}

const title = (): string => l10n.t('Change Repository of Policy');

/** Sends the backups of a policy elsewhere, written where KubeBlocks does not overwrite it. */
export const changePolicyRepository = simple(async (app, { ref }) => {
  const inventory = await requireInventory(app, ['clusters', 'policies', 'repos', 'backups', 'actionSets']);
  app.contextRules.requireChangeable(inventory.context);
  const subject = policySubjectOf(inventory, ref);
  await runSteps<Draft>(() => [...(subject === undefined ? [askPolicy(app, inventory)] : []), askRepository(app, inventory), reviewStep(app, inventory.context)], subject === undefined ? {} : { subject });
});

/** The policy that a command was called on; undefined where it was called on something else. */
export function policySubjectOf(inventory: Inventory, ref: ObjectRef | undefined): PolicySubject | undefined {
  return subjectsOf(inventory).find(({ policy }) => ref?.kind === 'backupPolicy' && objectKey(ref.namespace, ref.name) === keyOf(policy));
}

function subjectsOf(inventory: Inventory): readonly PolicySubject[] {
  return [...indexClusters(inventory).entries.values()].flatMap((entry) => entry.policies.map((policy) => ({ entry, policy })));
}

function askPolicy(app: App, inventory: Inventory): Step<Draft> {
  return async (draft, position) => mapAnswer(await pickPolicy(app, inventory, title(), draft.subject?.policy, position), (subject) => ({ ...draft, subject }));
}

/** Asks for one of the policies of all clusters. */
export function pickPolicy(app: App, inventory: Inventory, title: string, chosen: BackupPolicy | undefined, position: Position): Promise<Answer<PolicySubject>> {
  const choices = subjectsOf(inventory).map(({ entry, policy }): Choice<PolicySubject> => {
    const now = repositoryOfCluster(entry.cluster) ?? policy.spec?.backupRepoName;
    return { label: policy.metadata.name, description: `${entry.name} · ${now === undefined ? l10n.t('to the default one') : l10n.t('to {0}', now)}`, detail: entry.namespace, icon: 'book', value: { entry, policy } };
  });
  requireChoices(inventory, ['clusters', 'policies'], choices, l10n.t('There is no backup policy to choose: no cluster has one.'));
  return app.prompts.pick({ title, placeholder: l10n.t('Which backup policy, and so which component'), choices, active: ({ policy }) => policy === chosen, position });
}

function askRepository(app: App, inventory: Inventory): Step<Draft> {
  return async (draft, position) => {
    const repos = [...inventory.repos.items.values()].filter((repo) => repositoryState(repo) !== 'deleting').sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
    requireChoices(inventory, ['repos'], repos, l10n.t('There is no repository to choose: none fits “{0}”.', title()));
    const choices = [
      ...repos.map((repo): Choice<NonNullable<Draft['repository']>> => ({
        label: repo.metadata.name,
        description: [repositoryStateWords(repo), ...(isDefaultRepository(repo) ? [l10n.t('default')] : [])].join(' · '),
        icon: 'cloud-upload',
        value: { name: repo.metadata.name },
      })),
      { label: l10n.t('The Default One'), description: l10n.t('whichever that is when a backup is made'), icon: 'star-empty', value: { name: undefined } },
    ];
    const answer = await app.prompts.pick({ title: title(), placeholder: l10n.t('Where the backups of {0} go from now on', draft.subject?.policy.metadata.name ?? ''), choices, active: ({ name }) => draft.repository !== undefined && name === draft.repository.name, position });
    return mapAnswer(answer, (repository) => ({ ...draft, repository }));
  };
}

function reviewStep(app: App, context: string): Step<Draft> {
  return async (draft, position) => {
    const operations = requireOperations(app, context);
    const { subject, repository } = draft;
    if (subject === undefined || repository === undefined) {
      return { kind: 'back' };
    }
    const { inventory } = operations.session;
    const { change, findings, place } = planPolicyRepository(inventory, subject.entry, subject.policy, repository.name);
    const { resource, object } = change;
    const answer = await review(app, {
      title: title(),
      context,
      accept: l10n.t('Change {0} {1}', resource.kind, object.metadata.name),
      summary: place === 'cluster' ? l10n.t('Written to the Cluster, which overwrites its policies ({0}).', context) : l10n.t('Written to the BackupPolicy, where it stays ({0}).', context),
      document: `${object.metadata.name}.yaml`,
      plan: { resource, object: shownOf({ change, place }), findings, whole: { objects: [object], before: liveOf(inventory, place, object) } },
      dryRun: async (signal) => accepted(await tryChange(operations, change, signal)),
      submit: async () => {
        await changeObject(operations, change, findings);
        notify(app, 'info', l10n.t('The backups of {0} go to {1} from now on.', subject.policy.metadata.name, repository.name ?? l10n.t('the default repository')), []);
        return () => Promise.resolve();
      },
      position,
    });
    return mapAnswer(answer, () => draft);
  };
}

/** What a person decides about, and nothing else of the object. */
function shownOf({ change: { object }, place }: Pick<PolicyRepositoryPlan, 'change' | 'place'>): KubeObject {
  const { name, namespace } = object.metadata;
  const { backup, backupRepoName } = (object.spec ?? {}) as { readonly backup?: unknown; readonly backupRepoName?: string };
  const spec = place === 'cluster' ? { backup } : backupRepoName === undefined ? {} : { backupRepoName };
  return { apiVersion: object.apiVersion, kind: object.kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) }, spec } as KubeObject;
}

function liveOf({ clusters, policies }: Inventory, place: PolicyRepositoryPlan['place'], object: KubeObject): readonly KubeObject[] {
  const live = (place === 'cluster' ? clusters : policies).items.get(keyOf(object));
  return live === undefined ? [] : [live];
}
