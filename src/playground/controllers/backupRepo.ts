import type { AnyObject, Condition } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { edit, isDeleting, patchStatus, read, readAll, refOf } from '../runtime/edits';
import type { Controller, ObjectRef, World } from '../world';
import type { LogSource } from '../workloads/podLogs';
import { currentRepo, setCondition } from './backupRepoConditions';
import { deleteRepo } from './backupRepoDeletion';
import { derivedName, prepareDerivedObjects } from './backupRepoDerived';
import { preCheck } from './backupRepoPreCheck';
import { prepareWaitingNamespaces } from './backupRepoNamespaces';
import { Failure, notFound } from './failure';
import { traitsOf } from './lineTraits';
import { ANNOTATION, FINALIZER, LABEL } from './names';
import { repoDigest, repoParameters, type RepoParameters } from './repoParameters';
import type { Provider, Repo } from './shapes';

const BASIC_CONDITIONS = ['StorageProviderReady', 'ParametersChecked', 'StorageClassCreated', 'PVCTemplateChecked'];

/** Checks a repository step by step, each step a condition of its own (`controllers/dataprotection/backuprepo_controller.go`). */
export function createBackupRepoController(logs: LogSource): Controller {
  return {
    name: 'backup-repo',
    watches: [
      { resource: RESOURCES.backupRepo },
      { resource: RESOURCES.storageProvider, keys: (provider, world) => reposWhere(({ spec }) => spec?.storageProviderRef === provider.metadata.name, world) },
      { resource: RESOURCES.secret, keys: (secret, world) => reposWhere((repo) => usesSecret(repo, refOf(secret)), world) },
      { resource: RESOURCES.job, keys: ownersOf },
      { resource: RESOURCES.backup, keys: reposConcerned },
      { resource: RESOURCES.restore, keys: reposConcerned },
    ],
    reconcile(ref, world) {
      const repo = read<Repo>(world, RESOURCES.backupRepo, ref);
      if (repo === undefined) return undefined;
      if (isDeleting(repo)) {
        deleteRepo(repo, world);
        return undefined;
      }
      const volumeCapacity = repo.spec?.volumeCapacity ?? (traitsOf(world).writesVolumeCapacity ? '0' : undefined);
      const updated = edit(world, RESOURCES.backupRepo, repo, { addFinalizer: FINALIZER, spec: { volumeCapacity } });
      check(updated, logs, world);
      return undefined;
    },
  };
}

/** What is missing outside the repository (provider, Secret) is watched, so that nothing has to be tried again. */
function check(repo: Repo, logs: LogSource, world: World): void {
  try {
    const provider = step(repo, 'StorageProviderReady', () => checkProvider(repo, world), world);
    const parameters = step(repo, 'ParametersChecked', () => repoParameters(repo, provider, world), world);
    prepareDerivedObjects(currentRepo(repo, world), provider, parameters, world);
    const isTool = repo.spec?.accessMethod === 'Tool';
    setCondition(repo, 'PVCTemplateChecked', { status: 'True', reason: isTool ? 'Skipped' : 'PVCTemplateChecked' }, world);
    noteDigest(repo, parameters, world);
    preCheck(currentRepo(repo, world), { provider, parameters, logs }, world);
    updatePhase(repo, world);
    if (currentRepo(repo, world).status?.phase === 'Ready') prepareWaitingNamespaces(currentRepo(repo, world), { provider, parameters }, world);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    updatePhase(repo, world);
  }
}

/** Runs one check and writes its condition, whichever way it ends. */
function step<T>(repo: Repo, type: string, run: () => T, world: World): T {
  try {
    const result = run();
    setCondition(repo, type, { status: 'True', reason: type }, world);
    return result;
  } catch (error) {
    if (error instanceof Failure) {
      setCondition(repo, type, { status: 'False', reason: error.event ?? 'UnknownError', message: error.message }, world);
    }
    throw error;
  }
}

function checkProvider(repo: Repo, world: World): Provider {
  const name = repo.spec?.storageProviderRef ?? '';
  const provider = read<Provider>(world, RESOURCES.storageProvider, { name });
  if (provider === undefined) throw new Failure(notFound('StorageProvider', name, traitsOf(world).lastProviderGroup).message, 'StorageProviderNotFound');
  const { storageClassTemplate = '', persistentVolumeClaimTemplate = '', datasafedConfigTemplate = '' } = provider.spec ?? {};
  if (repo.spec?.accessMethod === 'Tool') {
    if (datasafedConfigTemplate === '') throw new Failure('DatasafedConfigTemplate is empty', 'InvalidStorageProvider');
    return provider;
  }
  if (storageClassTemplate === '' && persistentVolumeClaimTemplate === '') {
    throw new Failure('both StorageClassTemplate and PersistentVolumeClaimTemplate are empty', 'InvalidStorageProvider');
  }
  if (provider.status?.phase !== 'Ready') throw new Failure('CSI driver is not installed', 'StorageProviderNotReady');
  return provider;
}

function noteDigest(repo: Repo, parameters: RepoParameters, world: World): void {
  const digest = repoDigest(currentRepo(repo, world), parameters);
  if (repo.metadata.annotations?.[ANNOTATION.repoDigest] === digest) return;
  setCondition(repo, 'PreCheckPassed', { status: 'Unknown', reason: 'DigestChanged' }, world);
  edit(world, RESOURCES.backupRepo, repo, {
    annotations: { [ANNOTATION.repoDigest]: digest, [ANNOTATION.needUpdateToolConfig]: 'true' },
  });
}

/** A write of its own, after the conditions'. */
function updatePhase(repo: Repo, world: World): void {
  const { status, metadata } = currentRepo(repo, world);
  patchStatus(world, RESOURCES.backupRepo, repo, {
    phase: phaseOf(status?.conditions ?? []),
    isDefault: metadata.annotations?.[ANNOTATION.defaultRepo] === 'true' ? true : undefined,
    backupPVCName: status?.backupPVCName ?? derivedName(repo, 'pvc', world),
    toolConfigSecretName: status?.toolConfigSecretName ?? derivedName(repo, 'tool-config', world),
    observedGeneration: metadata.generation,
  });
}

function phaseOf(conditions: readonly Condition[]): string {
  const statusOf = (type: string) => conditions.find((condition) => condition.type === type)?.status;
  if (!BASIC_CONDITIONS.every((type) => statusOf(type) === 'True')) return 'Failed';
  return { True: 'Ready', Unknown: 'PreChecking' }[statusOf('PreCheckPassed') ?? ''] ?? 'Failed';
}

function reposWhere(matches: (repo: Repo) => boolean, world: World): readonly { readonly name: string }[] {
  return readAll<Repo>(world, RESOURCES.backupRepo).filter(matches).map(refOf);
}

function usesSecret({ spec }: Repo, ref: { readonly namespace?: string; readonly name: string }): boolean {
  return spec?.credential?.name === ref.name && spec.credential.namespace === ref.namespace;
}

function ownersOf({ metadata }: AnyObject): readonly ObjectRef[] {
  return (metadata.ownerReferences ?? []).filter(({ kind }) => kind === 'BackupRepo').map(({ name }) => ({ name }));
}

/** A repository cares for what waits for it, and, while it is being deleted, for all that refers to it. */
function reposConcerned({ metadata }: AnyObject, world: World): readonly ObjectRef[] {
  const name = metadata.labels?.[LABEL.repoName];
  if (name === undefined) return [];
  const isWaiting = metadata.labels?.[LABEL.waitRepo] !== undefined;
  const repo = isWaiting ? undefined : world.store.get(RESOURCES.backupRepo, { name });
  return isWaiting || repo?.metadata.deletionTimestamp !== undefined ? [{ name }] : [];
}
