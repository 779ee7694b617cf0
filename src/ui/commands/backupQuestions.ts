import * as l10n from '@vscode/l10n';
import { backupMethods, policiesOf, type MethodOption } from '../../kubeblocks/backupMethods';
import { backupNameProblem, defaultBackupName } from '../../kubeblocks/backupPlan';
import { bytesText } from '../../kubeblocks/bytes';
import { componentOf, indexClusters, type ClusterEntry } from '../../kubeblocks/clusterIndex';
import { objectKey, type Inventory } from '../../kubeblocks/inventory';
import { ageText, durationText, type TimeContext } from '../../kubeblocks/timeText';
import type { App } from '../app';
import { CommandError, type CommandAction } from '../commandError';
import { mapAnswer, type Answer, type Choice, type Position } from '../prompts/prompts';
import type { Step } from '../prompts/steps';
import type { BackupDraft } from './backupDraft';
import { logBackupCure } from './logBackupCure';
import { clusterChoices, requireChoices } from './pickObject';

type Ask = Step<BackupDraft>;

/** Which cluster, unless the command was called on one. */
export function askCluster(app: App, inventory: Inventory): Ask {
  return async (draft, position) => {
    const choices = clusterChoices(inventory);
    requireChoices(inventory, ['clusters'], choices, l10n.t('There is no cluster to choose: {0} has none.', inventory.context));
    const answer = await app.prompts.pick({
      title: l10n.t('Back Up Now'),
      placeholder: l10n.t('Which cluster to back up'),
      choices,
      active: ({ namespace, name }) => objectKey(namespace, name) === draft.entry?.key,
      position,
    });
    return mapAnswer(answer, ({ namespace, name }) => {
      const entry = indexClusters(inventory).entries.get(objectKey(namespace, name));
      return entry === undefined || entry.key === draft.entry?.key ? draft : draftFor(entry);
    });
  };
}

/** The draft for a cluster: its policy is chosen where there is only one. Throws where there is none. */
export function draftFor(entry: ClusterEntry, component?: string): BackupDraft {
  const policies = policiesOf(entry);
  if (policies.length === 0) {
    const why = l10n.t('{0} cannot be backed up: it has no backup policy. Its engine’s add-on brings no backup methods, or the policy was deleted.', entry.name);
    throw new CommandError(why);
  }
  const own = component === undefined ? undefined : policies.find((policy) => componentOf(policy) === component);
  const policy = own ?? (policies.length === 1 ? policies[0] : undefined);
  return { parameters: {}, entry, ...(policy === undefined ? {} : { policy }) };
}

/** Which policy, where the cluster has several (one a component). */
export function askPolicy(app: App): Ask {
  return async (draft, position) => {
    const policies = draft.entry === undefined ? [] : policiesOf(draft.entry);
    const answer = await app.prompts.pick({
      title: l10n.t('Back Up {0}', draft.entry?.name ?? ''),
      placeholder: l10n.t('Which backup policy, and so which component'),
      choices: policies.map((policy) => ({ label: policy.metadata.name, icon: 'book', value: policy })),
      active: (policy) => policy === draft.policy,
      position,
    });
    return mapAnswer(answer, (policy) => (policy === draft.policy ? draft : { ...without(draft, 'method'), policy }));
  };
}

/** How. Methods that cannot be used now are shown with the reason; choosing one explains, and offers the cure. */
export function askMethod(app: App, inventory: Inventory): Ask {
  return async (draft, position) => {
    const { policy } = draft;
    const options = policy === undefined ? [] : backupMethods(inventory, policy);
    for (;;) {
      const answer = await app.prompts.pick({
        title: l10n.t('Method for {0}', draft.entry?.name ?? ''),
        placeholder: l10n.t('How to back up'),
        choices: options.map((option) => methodChoice(option, app.time())),
        active: ({ name }) => name === draft.method?.name,
        position,
      });
      if (answer.kind !== 'value' || answer.value.problem === undefined) {
        return mapAnswer(answer, (method) => ({ ...draft, method }));
      }
      const instead = await explain(app, draft, answer.value, options, position);
      if (instead !== undefined) {
        return mapAnswer(instead, (method) => ({ ...draft, method }));
      }
    }
  };
}

function methodChoice(option: MethodOption, time: TimeContext): Choice<MethodOption> {
  const { name, problem, recommended, actionSetName, repository, last } = option;
  const to = option.snapshot ? l10n.t('snapshots in the cluster') : repository === undefined ? undefined : l10n.t('to {0}', repository);
  const words = [methodType(option), to, problem?.message, recommended ? l10n.t('recommended') : undefined];
  const lastWords = last === undefined ? l10n.t('not used yet') : lastRunWords(last, time);
  return {
    label: name,
    description: words.filter((word) => word !== undefined).join(' · '),
    detail: [...(actionSetName === undefined ? [] : [l10n.t('action set {0}', actionSetName)]), lastWords, ...adviceFor(option)].join(' · '),
    icon: problem === undefined ? 'archive' : 'circle-slash',
    value: option,
  };
}

/** What a person weighs who knows neither. */
function adviceFor({ snapshot, type }: MethodOption): readonly string[] {
  if (snapshot) {
    return [l10n.t('usually the fastest; lives in the same storage as the database')];
  }
  switch (type) {
    case 'Incremental':
      return [l10n.t('smaller; is restored with all that it builds on')];
    case 'Selective':
      return [l10n.t('parts of the database; a log cannot be put upon it')];
    default:
      return [];
  }
}

function lastRunWords({ backup, bytes, durationMs }: NonNullable<MethodOption['last']>, time: TimeContext): string {
  const age = ageText(Date.parse(backup.status?.completionTimestamp ?? backup.metadata.creationTimestamp ?? ''), time);
  return [
    l10n.t('last {0}', age),
    ...(bytes === undefined ? [] : [bytesText(bytes)]),
    ...(durationMs === undefined ? [] : [l10n.t('in {0}', durationText(durationMs))]),
  ].join(' · ');
}

function methodType({ type, snapshot }: MethodOption): string {
  if (snapshot) {
    return l10n.t('snapshot');
  }
  switch (type) {
    case 'Full':
      return l10n.t('full');
    case 'Incremental':
      return l10n.t('incremental');
    case 'Continuous':
      return l10n.t('log backup');
    case 'Selective':
      return l10n.t('selective');
    case 'Differential':
      return l10n.t('differential');
    case undefined:
      return l10n.t('type not known');
  }
}

type Cure = { readonly use: MethodOption } | { readonly action: CommandAction } | 'again';

/** Why a method cannot be used, with what would help. Undefined asks for a method again. */
async function explain(
  app: App,
  { entry, policy }: BackupDraft,
  option: MethodOption,
  options: readonly MethodOption[],
  position: Position,
): Promise<Answer<MethodOption> | undefined> {
  const log = option.problem?.code === 'scheduleOnly' && entry !== undefined && policy !== undefined ? logBackupCure(entry, policy, option.name) : undefined;
  const answer = await app.prompts.pick<Cure>({
    title: l10n.t('{0} cannot be used now', option.name),
    placeholder: log?.message ?? option.problem?.message ?? '',
    choices: [...(log === undefined ? cures(option, options) : [{ label: log.action.label, icon: 'pulse', value: { action: log.action } }]), { label: l10n.t('Choose another method'), icon: 'arrow-left', value: 'again' }],
    position,
  });
  if (answer.kind !== 'value') {
    return answer.kind === 'back' ? undefined : answer;
  }
  if (answer.value === 'again') {
    return undefined;
  }
  if ('use' in answer.value) {
    return { kind: 'value', value: answer.value.use };
  }
  await app.runCommand(answer.value.action.command, ...(answer.value.action.arguments ?? []));
  return { kind: 'cancelled' };
}

function cures(option: MethodOption, options: readonly MethodOption[]): readonly Choice<Cure>[] {
  const base = options.find(({ name, problem }) => name === option.method.compatibleMethod && problem === undefined);
  switch (option.problem?.code) {
    case 'noParent':
      return base === undefined ? [] : [{ label: l10n.t('Use {0}, which it builds on', base.name), icon: 'archive', value: { use: base } }];
    case 'repositoryNotReady':
      return [action(l10n.t('Find out why {0} is not ready', option.repository ?? ''), 'search', 'kubeblocksBackup.diagnose', { kind: 'backupRepo', name: option.repository ?? '' })];
    case 'noRepository':
    case 'severalDefaultRepositories':
    case 'repositoryMissing':
      return [action(l10n.t('Look at the repositories'), 'cloud-upload', 'kubeblocksBackup.repositories.focus')];
    default:
      return [];
  }
}

function action(label: string, icon: string, command: string, ...args: readonly unknown[]): Choice<Cure> {
  return { label, icon, value: { action: { label, command, arguments: args } } };
}

/** What an incremental backup builds on. */
export function askParent(app: App): Ask {
  return async (draft, position) => {
    const time = app.time();
    const answer = await app.prompts.pick<string | undefined>({
      title: l10n.t('Parent for {0}', draft.method?.name ?? ''),
      placeholder: l10n.t('Which backup set to build on'),
      choices: [
        { label: l10n.t('The newest that fits'), description: l10n.t('chosen by KubeBlocks'), icon: 'wand', value: undefined },
        ...(draft.method?.parents ?? []).map(({ metadata }) => ({
          label: metadata.name,
          description: ageText(Date.parse(metadata.creationTimestamp ?? ''), time),
          icon: 'archive',
          value: metadata.name,
        })),
      ],
      active: (name) => name === draft.parent,
      position,
    });
    return mapAnswer(answer, (parent) => (parent === undefined ? without(draft, 'parent') : { ...draft, parent }));
  };
}

export function askName(app: App, inventory: () => Inventory): Ask {
  return async (draft, position) => {
    const { entry } = draft;
    const namespace = entry?.namespace ?? '';
    const answer = await app.prompts.input({
      title: l10n.t('Name of the backup set'),
      prompt: l10n.t('Lower-case letters, digits and “-”'),
      value: draft.name ?? defaultBackupName(inventory(), namespace, entry?.name ?? '', { ...app.time(), now: app.clock.now() }),
      validate: (name) => backupNameProblem(inventory(), namespace, name.trim()),
      position,
    });
    return mapAnswer(answer, (name) => ({ ...draft, name: name.trim() }));
  };
}

function without(draft: BackupDraft, key: 'method' | 'parent'): BackupDraft {
  return Object.fromEntries(Object.entries(draft).filter(([name]) => name !== key)) as unknown as BackupDraft;
}
