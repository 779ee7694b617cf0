import * as l10n from '@vscode/l10n';
import type { Inventory } from './inventory';
import type { StorageProvider } from './objects';
import type { DeclaredParameter } from './parameters';
import { parameterValueProblem } from './parameters';

/** How backups reach a repository: by the backup tool itself (datasafed), or through a volume that is mounted into its jobs. */
export type AccessMethod = 'Tool' | 'Mount';

/** A storage provider as a choice for a new repository. */
export interface ProviderOption {
  readonly name: string;
  readonly provider: StorageProvider;
  /** What its templates allow, Tool first: it needs no driver. */
  readonly accessMethods: readonly AccessMethod[];
  /** The CSI driver that Mount waits for and that is not installed. */
  readonly missingDriver: string | undefined;
  /** Why no repository of it can become ready, as a sentence. */
  readonly problem: string | undefined;
}

/** A setting that a provider's schema declares. */
export interface RepositoryParameter extends DeclaredParameter {
  /** Its value belongs into the Secret. */
  readonly secret: boolean;
}

/** Every provider of the cluster, those that can be used first, each by name. */
export function providerOptions({ storageProviders }: Inventory): readonly ProviderOption[] {
  const options = [...storageProviders.items.values()].map(providerOption);
  return options.sort((a, b) => Number(a.problem !== undefined) - Number(b.problem !== undefined) || (a.name < b.name ? -1 : 1));
}

/** What a provider allows: `checkStorageProvider` of `controllers/dataprotection/backuprepo_controller.go`. */
export function providerOption(provider: StorageProvider): ProviderOption {
  const { name } = provider.metadata;
  const { csiDriverName = '', storageClassTemplate, persistentVolumeClaimTemplate, datasafedConfigTemplate } = provider.spec ?? {};
  const canMount = isGiven(storageClassTemplate) || isGiven(persistentVolumeClaimTemplate);
  const accessMethods: readonly AccessMethod[] = [...(isGiven(datasafedConfigTemplate) ? (['Tool'] as const) : []), ...(canMount ? (['Mount'] as const) : [])];
  const missingDriver = canMount && csiDriverName !== '' && provider.status?.phase === 'NotReady' ? csiDriverName : undefined;
  return { name, provider, accessMethods, missingDriver, problem: problemOf(name, accessMethods, missingDriver) };
}

function isGiven(template: unknown): boolean {
  return template !== undefined && template !== null && template !== '';
}

function problemOf(name: string, accessMethods: readonly AccessMethod[], missingDriver: string | undefined): string | undefined {
  if (accessMethods.length === 0) {
    return l10n.t('Storage provider {0} has no template for any access method.', name);
  }
  return missingDriver === undefined || accessMethods.includes('Tool') ? undefined : driverProblem(missingDriver);
}

/** Why nothing can be mounted, as a sentence. */
export function driverProblem(driver: string): string {
  return l10n.t('Its CSI driver {0} is not installed, which a repository that is mounted needs: it would stay Failed.', driver);
}

/** What the provider's schema declares: what is needed first, each group in the schema's order. */
export function repositoryParameters(provider: StorageProvider | undefined): readonly RepositoryParameter[] {
  const { openAPIV3Schema: schema, credentialFields = [] } = provider?.spec?.parametersSchema ?? {};
  const all = Object.entries(schema?.properties ?? {}).map(
    ([name, property]): RepositoryParameter => ({ name, schema: property, required: schema?.required?.includes(name) === true, secret: credentialFields.includes(name) }),
  );
  return [...all.filter(({ required }) => required), ...all.filter(({ required }) => !required)];
}

/** What is wrong with a text for a parameter, as a sentence that never repeats a credential. */
export function repositoryParameterProblem(parameter: RepositoryParameter, text: string): string | undefined {
  if (text === '') {
    return parameter.required ? l10n.t('{0} is needed.', parameter.name) : undefined;
  }
  const problem = parameterValueProblem(parameter, text);
  return problem !== undefined && parameter.secret ? l10n.t('This is no value that {0} may have.', parameter.name) : problem;
}
