import * as l10n from '@vscode/l10n';
import { hasErrors } from '../kubeblocks/finding';
import { KINDS } from '../kubeblocks/kinds';
import { ANNOTATIONS } from '../kubeblocks/labels';
import type { BackupRepo } from '../kubeblocks/objects';
import { REDACTED } from '../kubeblocks/redact';
import { SECRET, type CredentialSecret, type RepositoryPlan } from '../kubeblocks/repositoryPlan';
import { apiVersionOf } from '../kubeblocks/resource';
import { ApiError } from '../kubernetes/api';
import { AppError } from './appError';
import { isNotFound, isUnknownOutcome } from './createOnce';
import { dryRun, type DryRunResult } from './dryRun';
import { explainApiError } from './explainApiError';
import type { OperationDeps } from './ports';
import type { Submissions } from './submissions';

/** Asks the server whether it would take the Secret and the repository; the first refusal counts. */
export async function tryRepository(deps: Pick<OperationDeps, 'api'>, plan: RepositoryPlan, signal?: AbortSignal): Promise<DryRunResult> {
  const { repo, secret, existing } = plan;
  const options = { dryRun: true, ...(signal === undefined ? {} : { signal }) };
  const warnings: string[] = [];
  try {
    if (secret !== undefined) {
      warnings.push(...(await trySecret(deps, plan, secret, options)));
    }
    const judged = existing === undefined ? await dryRun(deps, KINDS.backupRepo, repo, signal) : await tryPatch(deps, plan, options);
    return judged.accepted ? { ...judged, warnings: [...warnings, ...judged.warnings] } : { accepted: false, error: withoutValues(judged.error, secret) };
  } catch (error) {
    return { accepted: false, error: withoutValues(explainApiError(error, l10n.t('Secret {0} would not be accepted', secret?.metadata.name ?? '')), secret) };
  }
}

type DryRun = { readonly dryRun: boolean; readonly signal?: AbortSignal };

async function trySecret({ api }: Pick<OperationDeps, 'api'>, { existing }: RepositoryPlan, secret: CredentialSecret, options: DryRun): Promise<readonly string[]> {
  const { name, namespace } = secret.metadata;
  const written = existing?.spec?.credential === undefined ? api.create(SECRET, secret, options) : api.patch(SECRET, name, namespace, secretPatch(secret), options);
  return (await written).warnings;
}

async function tryPatch({ api }: Pick<OperationDeps, 'api'>, plan: RepositoryPlan, options: DryRun): Promise<DryRunResult> {
  const { name } = plan.repo.metadata;
  try {
    const { object, warnings } = await api.patch(KINDS.backupRepo, name, undefined, repoPatch(plan), options);
    return { accepted: true, object, warnings };
  } catch (error) {
    return { accepted: false, error: explainApiError(error, l10n.t('The change of {0} {1} would not be accepted', KINDS.backupRepo.kind, name)) };
  }
}

/** What is under way, so that a second click waits for the first one's end, its tidying up included. */
const underway = new WeakMap<Submissions, Map<string, Promise<BackupRepo>>>();

/**
 * Creates the Secret and then the repository, each once however often it is asked for; or changes the one that failed. A
 * Secret that was made for a repository which is then refused is removed again. Where no answer comes it stays: trying again
 * finds what was made. Rejects with an `AppError` that holds no credential.
 */
export function createRepository(deps: OperationDeps, submissions: Submissions, plan: RepositoryPlan): Promise<BackupRepo> {
  const running = underway.get(submissions) ?? new Map<string, Promise<BackupRepo>>();
  underway.set(submissions, running);
  const key = JSON.stringify(plan.repo.metadata.name);
  const before = running.get(key);
  if (before !== undefined) {
    return before;
  }
  const result = write(deps, submissions, plan)
    .catch((error: unknown) => {
      throw withoutValues(explainApiError(error, l10n.t('BackupRepo {0} could not be created', plan.repo.metadata.name)), plan.secret);
    })
    .finally(() => running.delete(key));
  running.set(key, result);
  return result;
}

async function write(deps: OperationDeps, submissions: Submissions, plan: RepositoryPlan): Promise<BackupRepo> {
  const { repo, findings, existing } = plan;
  if (hasErrors(findings)) {
    const why = findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    throw new AppError('invalid', l10n.t('Repository {0} was not created: {1}', repo.metadata.name, why.join(' ')));
  }
  return existing === undefined ? create(deps, submissions, plan) : change(deps, submissions, plan);
}

async function create(deps: OperationDeps, submissions: Submissions, { repo, secret }: RepositoryPlan): Promise<BackupRepo> {
  const made = secret === undefined ? undefined : (await submissions.submit(SECRET, secret)).object;
  try {
    const { object } = await submissions.submit(KINDS.backupRepo, repo);
    if (made !== undefined) {
      await own(deps, made, object);
    }
    return object;
  } catch (error) {
    if (made === undefined || (error instanceof AppError && isUnknownOutcome(error.cause))) {
      throw error;
    }
    throw await withoutLeftover(deps, made, error);
  }
}

/** The Secret goes with its repository, as one that kbcli made does. It serves as well where that could not be written. */
async function own({ api, logger }: OperationDeps, secret: CredentialSecret, repo: BackupRepo): Promise<void> {
  const { name, uid } = repo.metadata;
  const owner = { apiVersion: apiVersionOf(KINDS.backupRepo), kind: KINDS.backupRepo.kind, name, uid };
  try {
    await api.patch(SECRET, secret.metadata.name, secret.metadata.namespace, { metadata: { ownerReferences: [owner] } });
  } catch (error) {
    const why = strikeOut(error instanceof Error ? error.message : String(error), secret);
    logger.warn(`Secret ${secret.metadata.name} could not be bound to BackupRepo ${name} and stays when the repository is deleted: ${why}`);
  }
}

/** Removes the Secret; the reason why what it was made for was refused, with what is left where that fails. */
export async function withoutLeftover({ api, logger }: Pick<OperationDeps, 'api' | 'logger'>, secret: CredentialSecret, refusal: unknown): Promise<unknown> {
  const { name, namespace = '', uid } = secret.metadata;
  try {
    await api.delete(SECRET, name, namespace, uid === undefined ? {} : { uid });
    logger.info(`Secret ${name} was removed again: what it was made for was refused`);
    return refusal;
  } catch (error) {
    if (isNotFound(error)) {
      return refusal;
    }
    const { reason, message, action } = explainApiError(refusal, '');
    const left = explainApiError(error, l10n.t('The Secret {0} that was made for it stays in namespace {1}, as it could not be removed', name, namespace));
    return new AppError(reason, `${message} ${left.message}`, { cause: refusal, ...(action === undefined ? {} : { action }) });
  }
}

/** The Secret first: the check that its change starts is started anew by the repository's. */
async function change(deps: OperationDeps, submissions: Submissions, plan: RepositoryPlan): Promise<BackupRepo> {
  const { api } = deps;
  const { repo, secret, existing } = plan;
  const isNew = existing?.spec?.credential === undefined;
  try {
    const made = secret !== undefined && isNew ? (await submissions.submit(SECRET, secret)).object : undefined;
    if (secret !== undefined && !isNew) {
      await api.patch(SECRET, secret.metadata.name, secret.metadata.namespace, secretPatch(secret));
    }
    const { object } = await api.patch(KINDS.backupRepo, repo.metadata.name, undefined, repoPatch(plan));
    if (made !== undefined) {
      await own(deps, made, object);
    }
    return object;
  } catch (error) {
    throw explainApiError(error, l10n.t('{0} {1} could not be changed', KINDS.backupRepo.kind, repo.metadata.name));
  }
}

function secretPatch({ stringData }: CredentialSecret): object {
  return { stringData };
}

/** What is not wanted any more is taken away; provider and access method cannot be changed. */
function repoPatch({ repo, existing }: RepositoryPlan): object {
  const gone = Object.keys(existing?.spec?.config ?? {}).map((key) => [key, null] as const);
  const { config, credential, pvReclaimPolicy, pathPrefix = null, volumeCapacity } = repo.spec ?? {};
  return {
    metadata: {
      ...(existing?.metadata.uid === undefined ? {} : { uid: existing.metadata.uid }),
      annotations: { [ANNOTATIONS.defaultRepo]: repo.metadata.annotations?.[ANNOTATIONS.defaultRepo] ?? null },
    },
    spec: {
      pvReclaimPolicy,
      pathPrefix,
      ...(volumeCapacity === undefined ? {} : { volumeCapacity }),
      config: { ...Object.fromEntries(gone), ...config },
      ...(credential === undefined ? {} : { credential }),
    },
  };
}

/** The same failure with every credential struck out that a server may have repeated. */
export function withoutValues(error: AppError, secret: CredentialSecret | undefined): AppError {
  const { cause } = error;
  const safeCause = cause instanceof ApiError ? new ApiError(strikeOut(cause.message, secret), { ...cause.details, causes: [] }) : cause instanceof AppError ? withoutValues(cause, secret) : undefined;
  return new AppError(error.reason, strikeOut(error.message, secret), { cause: safeCause, ...(error.action === undefined ? {} : { action: error.action }) });
}

/** A text without the values of this Secret, as they stand or in base64. */
export function strikeOut(text: string, secret: CredentialSecret | undefined): string {
  const values = Object.values(secret?.stringData ?? {}).flatMap((value) => [value, base64(value)]);
  return values.filter((value) => value !== '').sort((a, b) => b.length - a.length).reduce((left, value) => left.replaceAll(value, REDACTED), text);
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
