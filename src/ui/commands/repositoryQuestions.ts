import * as l10n from '@vscode/l10n';
import type { Inventory } from '../../kubeblocks/inventory';
import { nameProblem } from '../../kubeblocks/names';
import { capacityProblem, defaultRepositoryName, otherDefaults, pathPrefixProblem, repositoryNameProblem, secondDefaultProblem, usualSecretNamespace } from '../../kubeblocks/repositoryPlan';
import { driverProblem, providerOptions, repositoryParameterProblem, type AccessMethod, type ProviderOption, type RepositoryParameter } from '../../kubeblocks/storageProviderOptions';
import type { App } from '../app';
import { mapAnswer, type Choice } from '../prompts/prompts';
import type { Step } from '../prompts/steps';
import { askFurtherSettings } from './furtherSettings';
import { askParameter, settingText } from './parameterQuestion';
import { requireChoices } from './pickObject';
import { accessMethodOf, isUsuallyDefault, parametersOf, type RepositoryDraft } from './repositoryDraft';

type Ask = Step<RepositoryDraft>;

/** Which storage provider; those that cannot be used come last, with the reason. */
export function askProvider(app: App, inventory: Inventory): Ask {
  return async (draft, position) => {
    const options = providerOptions(inventory);
    const nothing = l10n.t('There is no storage provider to choose: {0} has none. KubeBlocks’ chart brings them; install it anew, or apply a StorageProvider.', inventory.context);
    requireChoices(inventory, ['storageProviders'], options, nothing);
    const choices = options.map((option): Choice<ProviderOption> => ({
      label: option.name,
      description: accessWords(option),
      ...(option.problem === undefined ? {} : { detail: option.problem }),
      icon: option.problem === undefined ? 'server' : 'circle-slash',
      value: option,
    }));
    const answer = await app.prompts.pick({ title: l10n.t('Create Repository'), placeholder: l10n.t('Where the backups go: which storage provider'), choices, active: ({ name }) => name === draft.provider?.name, position });
    return mapAnswer(answer, (provider) => (provider.name === draft.provider?.name ? draft : { ...draft, provider }));
  };
}

function accessWords({ accessMethods, missingDriver }: ProviderOption): string {
  return accessMethods.map((method) => (method === 'Mount' && missingDriver !== undefined ? l10n.t('Mount (driver missing)') : method)).join(', ');
}

/** How the storage is reached, where its provider knows two ways. */
export function askAccessMethod(app: App): Ask {
  return async (draft, position) => {
    const { provider } = draft;
    const choices = (provider?.accessMethods ?? []).map((method): Choice<AccessMethod> => ({ label: method, ...accessChoice(method, provider), value: method }));
    const answer = await app.prompts.pick({ title: l10n.t('How backups reach {0}', provider?.name ?? ''), placeholder: l10n.t('Which access method; it cannot be changed later'), choices, active: (method) => method === accessMethodOf(draft), position });
    return mapAnswer(answer, (accessMethod) => ({ ...draft, accessMethod }));
  };
}

function accessChoice(method: AccessMethod, provider: ProviderOption | undefined): Pick<Choice<AccessMethod>, 'description' | 'detail' | 'icon'> {
  if (method === 'Tool') {
    return { description: l10n.t('the backup tool (datasafed) writes to it itself'), icon: 'plug' };
  }
  const description = l10n.t('a volume of it is mounted into the backup jobs');
  return provider?.missingDriver === undefined ? { description, icon: 'server' } : { description, detail: driverProblem(provider.missingDriver), icon: 'circle-slash' };
}

export function askRepositoryName(app: App, latest: () => Inventory): Ask {
  return async (draft, position) => {
    const answer = await app.prompts.input({
      title: l10n.t('Name of the repository'),
      prompt: l10n.t('A BackupRepo of the whole cluster'),
      value: draft.name ?? defaultRepositoryName(latest(), draft.provider?.name ?? 'repository'),
      validate: (text) => repositoryNameProblem(latest(), text.trim()),
      position,
    });
    return mapAnswer(answer, (name) => ({ ...draft, name: name.trim() }));
  };
}

/** One setting of the provider; a credential is typed behind dots. */
export function askRepositoryParameter(app: App, parameter: RepositoryParameter): Ask {
  return askParameter<RepositoryDraft>(app, parameter, { secret: parameter.secret, problem: (text) => repositoryParameterProblem(parameter, text) });
}

/** The settings that may be left out. `first` is asked about at once. */
export function askOptionalParameters(app: App, first?: string): Ask {
  return askFurtherSettings<RepositoryDraft>(
    app,
    ({ provider }) => l10n.t('Further settings of {0}', provider?.name ?? ''),
    (draft) =>
      parametersOf(draft)
        .filter(({ required }) => !required)
        .map((parameter) => ({
          name: parameter.name,
          now: parameter.secret && (draft.parameters[parameter.name] ?? '') !== '' ? l10n.t('given') : settingText(draft.parameters, parameter),
          ...(parameter.schema.description === undefined ? {} : { detail: parameter.schema.description }),
          icon: parameter.secret ? 'key' : 'settings-gear',
          ask: askRepositoryParameter(app, parameter),
        })),
    first,
  );
}

/** Where the Secret goes; its name follows the repository's. */
export function askSecretNamespace(app: App, latest: () => Inventory): Ask {
  return async (draft, position) => {
    const answer = await app.prompts.input({
      title: l10n.t('Namespace of the Secret'),
      prompt: l10n.t('The credentials are kept in a Secret there; KubeBlocks’ own namespace is usual'),
      value: draft.secretNamespace ?? usualSecretNamespace(latest()),
      validate: (text) => nameProblem(text.trim()),
      position,
    });
    return mapAnswer(answer, (secretNamespace) => ({ ...draft, secretNamespace: secretNamespace.trim() }));
  };
}

export function askPathPrefix(app: App): Ask {
  return async (draft, position) => {
    const answer = await app.prompts.input({
      title: l10n.t('Folder within the storage'),
      prompt: l10n.t('A path prefix for everything in this repository; may be left empty'),
      value: draft.pathPrefix ?? '',
      validate: (text) => pathPrefixProblem(text.trim()),
      position,
    });
    return mapAnswer(answer, (pathPrefix) => ({ ...draft, pathPrefix: pathPrefix.trim() }));
  };
}

export function askCapacity(app: App): Ask {
  return async (draft, position) => {
    const answer = await app.prompts.input({
      title: l10n.t('Size of the volume'),
      prompt: l10n.t('What each claim of this repository asks for, such as 100Gi'),
      value: draft.capacity ?? '100Gi',
      validate: (text) => capacityProblem(text.trim()),
      position,
    });
    return mapAnswer(answer, (capacity) => ({ ...draft, capacity: capacity.trim() }));
  };
}

export function askReclaimPolicy(app: App): Ask {
  return async (draft, position) => {
    const choices: readonly Choice<'Retain' | 'Delete'>[] = [
      { label: 'Retain', description: l10n.t('volumes stay when their claims go; what is in them can be saved'), icon: 'lock', value: 'Retain' },
      { label: 'Delete', description: l10n.t('volumes go with their claims'), icon: 'trash', value: 'Delete' },
    ];
    const answer = await app.prompts.pick({ title: l10n.t('When a claim is deleted'), placeholder: l10n.t('What becomes of its volume'), choices, active: (value) => value === (draft.reclaimPolicy ?? 'Retain'), position });
    return mapAnswer(answer, (reclaimPolicy) => ({ ...draft, reclaimPolicy }));
  };
}

/** Whether backups that name no repository go here. A second default stays a choice, whose reason not to is said. */
export function askDefault(app: App, latest: () => Inventory): Ask {
  return async (draft, position) => {
    const inventory = latest();
    const [other] = otherDefaults(inventory, draft.name ?? '');
    const choices: readonly Choice<boolean>[] = [
      { label: l10n.t('Make It the Default'), description: l10n.t('backups that name no repository go here'), ...(other === undefined ? {} : { detail: secondDefaultProblem(other.metadata.name) }), icon: other === undefined ? 'star-full' : 'circle-slash', value: true },
      { label: l10n.t('Not the Default'), description: l10n.t('only backups that name it go here'), icon: 'star-empty', value: false },
    ];
    const usual = draft.isDefault ?? isUsuallyDefault(inventory, draft);
    const answer = await app.prompts.pick({ title: l10n.t('Default repository'), placeholder: l10n.t('Where backups go that name no repository'), choices, active: (value) => value === usual, position });
    return mapAnswer(answer, (isDefault) => ({ ...draft, isDefault }));
  };
}
