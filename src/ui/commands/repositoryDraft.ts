import type { Inventory } from '../../kubeblocks/inventory';
import type { BackupRepo } from '../../kubeblocks/objects';
import { otherDefaults, planRepository, usualSecretNamespace, type RepositoryPlan } from '../../kubeblocks/repositoryPlan';
import { repositoryParameters, type AccessMethod, type ProviderOption, type RepositoryParameter } from '../../kubeblocks/storageProviderOptions';

/** What was answered so far about a repository. Credentials too: it lives in memory alone. */
export interface RepositoryDraft {
  readonly provider?: ProviderOption;
  readonly accessMethod?: AccessMethod;
  readonly name?: string;
  /** Texts by parameter name; one left empty is not sent. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly secretNamespace?: string;
  readonly pathPrefix?: string;
  readonly capacity?: string;
  readonly reclaimPolicy?: 'Retain' | 'Delete';
  readonly isDefault?: boolean;
  /** The repository that failed its check and is changed. */
  readonly existing?: BackupRepo;
}

export function parametersOf({ provider }: RepositoryDraft): readonly RepositoryParameter[] {
  return repositoryParameters(provider?.provider);
}

/** The one that is meant where a provider knows no other. */
export function accessMethodOf({ provider, accessMethod }: RepositoryDraft): AccessMethod {
  const [first = 'Tool'] = provider?.accessMethods ?? [];
  return accessMethod !== undefined && provider?.accessMethods.includes(accessMethod) === true ? accessMethod : first;
}

/** Whether it is to be the default unless the person says otherwise: the first one is. */
export function isUsuallyDefault(inventory: Inventory, { name = '' }: RepositoryDraft): boolean {
  return otherDefaults(inventory, name).length === 0;
}

/** The plan for a draft whose questions are all answered. */
export function repositoryPlanOf(draft: RepositoryDraft, inventory: Inventory): RepositoryPlan | undefined {
  const { provider, name, parameters, pathPrefix, capacity, reclaimPolicy = 'Retain', isDefault = false, secretNamespace = usualSecretNamespace(inventory), existing } = draft;
  if (provider === undefined || name === undefined) {
    return undefined;
  }
  const accessMethod = accessMethodOf(draft);
  return planRepository(inventory, {
    name,
    provider,
    accessMethod,
    parameters,
    secretNamespace,
    reclaimPolicy,
    isDefault,
    ...(pathPrefix === undefined ? {} : { pathPrefix }),
    ...(capacity === undefined || accessMethod !== 'Mount' ? {} : { capacity }),
    ...(existing === undefined ? {} : { existing }),
  });
}
