import * as l10n from '@vscode/l10n';
import { parseBytes } from './bytes';
import type { PlanFinding } from './finding';
import { objectKey, type Inventory } from './inventory';
import { KINDS } from './kinds';
import { ANNOTATIONS } from './labels';
import { freeName, MAX_LABEL, nameProblem } from './names';
import type { BackupRepo, KubeObject } from './objects';
import { isDefaultRepository, repositoryState } from './repositoryState';
import { apiVersionOf, type Resource } from './resource';
import { driverProblem, repositoryParameterProblem, repositoryParameters, type AccessMethod, type ProviderOption } from './storageProviderOptions';

export const SECRET: Resource = { group: '', version: 'v1', kind: 'Secret', plural: 'secrets', namespaced: true };

/** What a person chose. */
export interface RepositoryRequest {
  readonly name: string;
  readonly provider: ProviderOption;
  readonly accessMethod: AccessMethod;
  /** Texts by parameter name, credentials too; one left empty is not sent. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Where the Secret goes that holds the credentials. */
  readonly secretNamespace: string;
  readonly pathPrefix?: string;
  /** A quantity; asked for where claims are made (Mount). */
  readonly capacity?: string;
  readonly reclaimPolicy: 'Retain' | 'Delete';
  readonly isDefault: boolean;
  /** The repository that failed and is changed, instead of making one. */
  readonly existing?: BackupRepo;
}

/** A Secret whose values were typed by a person. They are sent to the API server and nowhere else. */
export interface CredentialSecret extends KubeObject {
  readonly type: 'Opaque';
  readonly stringData: Readonly<Record<string, string>>;
}

export interface RepositoryPlan {
  readonly repo: BackupRepo;
  /** Absent where the provider needs no credentials. */
  readonly secret: CredentialSecret | undefined;
  readonly existing: BackupRepo | undefined;
  readonly findings: readonly PlanFinding[];
}

/** The longest name whose namesakes (labels, the pre-check's job) are not cut. */
const LONGEST_NAME = MAX_LABEL - '-credentials'.length;

/** Where KubeBlocks is usually installed; the namespace of a new repository's Secret unless other repositories say another. */
const USUAL_NAMESPACE = 'kb-system';

/** The provider's name, or with a number behind it where that is taken. */
export function defaultRepositoryName({ repos }: Inventory, provider: string): string {
  return freeName(provider, (name) => repos.items.has(objectKey(undefined, name)), LONGEST_NAME);
}

/** Where most repositories of the cluster have their Secrets. */
export function usualSecretNamespace({ repos }: Inventory): string {
  const counts = new Map<string, number>();
  for (const { spec } of repos.items.values()) {
    const namespace = spec?.credential?.namespace;
    if (namespace !== undefined) {
      counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? USUAL_NAMESPACE;
}

/** The BackupRepo and the Secret with its credentials, and what is known to be wrong with them. */
export function planRepository(inventory: Inventory, request: RepositoryRequest): RepositoryPlan {
  const secret = secretOf(request);
  return {
    repo: repoOf(request, secret),
    secret,
    existing: request.existing,
    findings: [
      ...nameFindings(inventory, request),
      ...accessFindings(request),
      ...parameterFindings(request),
      ...placeFindings(request),
      ...defaultFindings(inventory, request),
      ...bucketFindings(request),
    ],
  };
}

/** The texts that were given, of the declared parameters alone; the Secret's, or those of `config`. */
function given({ provider, parameters }: RepositoryRequest, secret: boolean): Readonly<Record<string, string>> {
  const texts = repositoryParameters(provider.provider).flatMap((parameter) => {
    const text = Object.hasOwn(parameters, parameter.name) ? (parameters[parameter.name] ?? '') : '';
    return parameter.secret !== secret || text === '' ? [] : [[parameter.name, text] as const];
  });
  return Object.fromEntries(texts);
}

function secretOf(request: RepositoryRequest): CredentialSecret | undefined {
  const stringData = given(request, true);
  if (Object.keys(stringData).length === 0) {
    return undefined;
  }
  const { name = `${request.name}-credentials`, namespace = request.secretNamespace } = request.existing?.spec?.credential ?? {};
  return { apiVersion: apiVersionOf(SECRET), kind: SECRET.kind, metadata: { name, namespace }, type: 'Opaque', stringData };
}

function repoOf(request: RepositoryRequest, secret: CredentialSecret | undefined): BackupRepo {
  const { name, provider, accessMethod, pathPrefix = '', capacity = '', reclaimPolicy, isDefault } = request;
  const config = given(request, false);
  const { name: secretName = '', namespace = '' } = secret?.metadata ?? {};
  return {
    apiVersion: apiVersionOf(KINDS.backupRepo),
    kind: KINDS.backupRepo.kind,
    metadata: { name, ...(isDefault ? { annotations: { [ANNOTATIONS.defaultRepo]: 'true' } } : {}) },
    spec: {
      storageProviderRef: provider.name,
      accessMethod,
      pvReclaimPolicy: reclaimPolicy,
      ...(capacity === '' ? {} : { volumeCapacity: capacity }),
      ...(pathPrefix === '' ? {} : { pathPrefix }),
      ...(Object.keys(config).length === 0 ? {} : { config }),
      ...(secret === undefined ? {} : { credential: { name: secretName, namespace } }),
    },
  };
}

function nameFindings(inventory: Inventory, { name, existing }: RepositoryRequest): PlanFinding[] {
  const problem = existing === undefined ? repositoryNameProblem(inventory, name) : undefined;
  return problem === undefined ? [] : [error('name', 'name', problem)];
}

/** What is wrong with a name for a new repository, as a sentence. */
export function repositoryNameProblem({ repos }: Inventory, name: string): string | undefined {
  const taken = repos.items.has(objectKey(undefined, name)) ? l10n.t('A repository {0} exists already. Choose another name.', name) : undefined;
  return nameProblem(name, LONGEST_NAME) ?? taken;
}

function accessFindings({ provider, accessMethod }: RepositoryRequest): PlanFinding[] {
  if (!provider.accessMethods.includes(accessMethod)) {
    return [error('accessMethod', 'accessMethod', l10n.t('Storage provider {0} cannot do access method {1}: the repository would stay Failed.', provider.name, accessMethod))];
  }
  return accessMethod === 'Mount' && provider.missingDriver !== undefined ? [error('driver', 'accessMethod', driverProblem(provider.missingDriver))] : [];
}

function parameterFindings({ provider, parameters }: RepositoryRequest): PlanFinding[] {
  return repositoryParameters(provider.provider).flatMap((parameter) => {
    const problem = repositoryParameterProblem(parameter, Object.hasOwn(parameters, parameter.name) ? (parameters[parameter.name] ?? '') : '');
    return problem === undefined ? [] : [error('parameter', 'parameters', l10n.t('Parameter {0}: {1}', parameter.name, problem))];
  });
}

function placeFindings({ pathPrefix = '', capacity = '', accessMethod, secretNamespace }: RepositoryRequest): PlanFinding[] {
  const namespaceProblem = nameProblem(secretNamespace, MAX_LABEL);
  const prefix = pathPrefixProblem(pathPrefix);
  const size = accessMethod === 'Mount' ? capacityProblem(capacity) : undefined;
  return [
    ...(namespaceProblem === undefined ? [] : [error('namespace', 'namespace', namespaceProblem)]),
    ...(prefix === undefined ? [] : [error('pathPrefix', 'pathPrefix', prefix)]),
    ...(size === undefined ? [] : [error('capacity', 'capacity', size)]),
  ];
}

/** What is wrong with a path prefix, as a sentence: the CRD's pattern in linear time. */
export function pathPrefixProblem(text: string): string | undefined {
  return /^(?:[A-Za-z0-9_-]+(?:\/[A-Za-z0-9_-]+)*\/?)?$/.test(text) ? undefined : l10n.t('A path prefix has letters, digits, "-" and "_", with "/" between its parts and none in front, such as team-a/backups.');
}

/** What is wrong with the size of a mounted repository's claims, as a sentence. */
export function capacityProblem(text: string): string | undefined {
  const bytes = parseBytes(text);
  return text !== '' && bytes !== undefined && bytes > 0 ? undefined : l10n.t('A size above zero is needed, such as 100Gi: Kubernetes refuses claims for 0 bytes.');
}

/** The repositories that backups without a choice of their own go to, or would once they are ready, but `name`. */
export function otherDefaults({ repos }: Pick<Inventory, 'repos'>, name: string): readonly BackupRepo[] {
  return [...repos.items.values()].filter((repo) => isDefaultRepository(repo) && repo.metadata.name !== name && repositoryState(repo) !== 'deleting');
}

/** Why a second default is refused, as a sentence: `getDefaultBackupRepo` of `controllers/dataprotection/utils.go`. */
export function secondDefaultProblem(other: string): string {
  return l10n.t('Repository {0} is the default already. With two, KubeBlocks fails every backup that names no repository ("multiple default BackupRepo found"). Unset {0} as the default first.', other);
}

function defaultFindings(inventory: Inventory, { name, isDefault }: RepositoryRequest): PlanFinding[] {
  const [other] = isDefault ? otherDefaults(inventory, name) : [];
  return other === undefined ? [] : [error('secondDefault', 'isDefault', secondDefaultProblem(other.metadata.name))];
}

/** A bucket is one name; what lies within it is the path prefix. */
function bucketFindings({ parameters }: RepositoryRequest): PlanFinding[] {
  const bucket = parameters['bucket'] ?? '';
  return bucket.includes('/') ? [{ severity: 'warning', code: 'bucketPath', field: 'parameters', message: l10n.t('A bucket has no "/" in its name. To keep backups in a folder of a bucket, give the bucket alone, and the folder as the path prefix.') }] : [];
}

function error(code: string, field: NonNullable<PlanFinding['field']>, message: string): PlanFinding {
  return { severity: 'error', code, field, message };
}
