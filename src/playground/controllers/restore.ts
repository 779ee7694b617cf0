import type { AnyObject, Condition } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { nextPeriod } from '../runtime/coalesce';
import { edit, isDeleting, patchStatus, read, readAll, refOf, remove } from '../runtime/edits';
import type { LogSource } from '../workloads/podLogs';
import type { Controller, ObjectRef, World } from '../world';
import { isPreparedIn } from './backupRepoNamespaces';
import { Failure, notFound, Retried } from './failure';
import { FINALIZER, LABEL, MANAGED_BY } from './names';
import { postReady } from './restorePostReady';
import { prepareData } from './restorePrepareData';
import { restoreSets } from './restoreSets';
import { COMPONENT, condition, currentRestore, endRestore, writeStage } from './restoreStatus';
import type { BackupSet, Repo, RestoreRequest } from './shapes';

const RETRY_MS = 1000;

/** `controllers/dataprotection/restore_controller.go`: "" → AsDataSource, or Running → Completed or Failed. */
export function createRestoreController(logs: LogSource): Controller {
  return {
    name: 'restore',
    watches: [{ resource: RESOURCES.restore }, { resource: RESOURCES.job, keys: ownersOf }],
    reconcile(ref, world) {
      const restore = read<RestoreRequest>(world, RESOURCES.restore, ref);
      if (restore === undefined) return undefined;
      if (isDeleting(restore)) {
        removeJobs(restore, world);
        edit(world, RESOURCES.restore, restore, { removeFinalizer: FINALIZER });
        return undefined;
      }
      switch (restore.status?.phase ?? '') {
        case '':
          return begin(restore, world);
        case 'Running':
          return goOn(restore, logs, world);
        default:
          removeJobs(restore, world);
          return undefined;
      }
    },
  };
}

/** Hooks run in the operator's namespace, so that a label names the restore's. */
function ownersOf({ metadata }: AnyObject): readonly ObjectRef[] {
  const namespace = metadata.labels?.['dataprotection.kubeblocks.io/restore-namespace'] ?? metadata.namespace ?? '';
  return (metadata.ownerReferences ?? []).filter(({ kind }) => kind === 'Restore').map(({ name }) => ({ namespace, name }));
}

function begin(restore: RestoreRequest, world: World): { requeueAfterMs: number } | undefined {
  const { prepareDataConfig, containerResources } = restore.spec ?? {};
  const withFinalizer = edit(world, RESOURCES.restore, restore, {
    addFinalizer: FINALIZER,
    spec: {
      containerResources: containerResources ?? {},
      ...(prepareDataConfig === undefined
        ? {}
        : { prepareDataConfig: { ...prepareDataConfig, schedulingSpec: prepareDataConfig.schedulingSpec ?? {} } }),
    },
  });
  const managedBy = withFinalizer.metadata.labels?.[LABEL.managedBy] ?? MANAGED_BY;
  const labelled = edit(world, RESOURCES.restore, withFinalizer, { labels: { [LABEL.managedBy]: managedBy } });
  const repoCheck = checkRepo(labelled, world);
  if (repoCheck === 'waiting') return undefined;
  return repoCheck instanceof Failure ? refuse(labelled, repoCheck, world) : validate(labelled, world);
}

/** The repository must be ready, and prepared in the restore's own namespace. */
function checkRepo(restore: RestoreRequest, world: World): Failure | 'waiting' | undefined {
  const { name = '', namespace = '' } = restore.spec?.backup ?? {};
  const backup = read<BackupSet>(world, RESOURCES.backup, { namespace, name });
  if (backup === undefined) return notFound('Backup', name);
  const repoName = backup.status?.backupRepoName ?? '';
  if (repoName === '') return undefined;
  const repo = read<Repo>(world, RESOURCES.backupRepo, { name: repoName });
  if (repo === undefined) return new Failure(`backup repo ${repoName} not found`);
  if (repo.status?.phase !== 'Ready') return new Retried(`the backup repository ${repoName} is not ready`, 'BackupRepoIsNotReady');
  if (isPreparedIn(repo, restore.metadata.namespace ?? '', world)) return undefined;
  edit(world, RESOURCES.restore, restore, { labels: { [LABEL.repoName]: repoName, [LABEL.waitRepo]: 'true' } });
  return 'waiting';
}

function refuse(restore: RestoreRequest, failure: Failure, world: World): { requeueAfterMs: number } | undefined {
  if (failure instanceof Retried) return retry(restore, failure, world);
  const conditions = [
    condition(world, 'CheckBackupRepo', false, 'CheckBackupRepoFailed', failure.message),
    condition(world, 'ValidationPassed', false, 'ValidateFailed', failure.message),
  ];
  world.event(restore, 'Warning', 'RestoreFailed', failure.message, COMPONENT);
  world.event(restore, 'Warning', 'ValidateFailed', failure.message, COMPONENT);
  patchStatus(world, RESOURCES.restore, restore, { conditions, phase: 'Failed', completionTimestamp: world.clock.timestamp() });
  return undefined;
}

function retry(restore: RestoreRequest, { message, event }: Failure, world: World): { requeueAfterMs: number } {
  const text = event === undefined ? `Reconciling failed, error: ${message}` : message;
  world.event(restore, 'Warning', event ?? 'ReconcileFailed', text, COMPONENT);
  return { requeueAfterMs: nextPeriod(RETRY_MS, world.clock) };
}

function validate(restore: RestoreRequest, world: World): { requeueAfterMs: number } | undefined {
  const repoChecked = condition(world, 'CheckBackupRepo', true, 'CheckBackupRepoSuccessfully', '');
  if (restore.spec?.prepareDataConfig?.dataSourceRef !== undefined) {
    patchStatus(world, RESOURCES.restore, restore, { phase: 'AsDataSource', conditions: [repoChecked] });
    return undefined;
  }
  try {
    restoreSets(restore, world);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error instanceof Retried) return retry(restore, error, world);
    refuseSpec(restore, error, repoChecked, world);
    return undefined;
  }
  const validated = condition(world, 'ValidationPassed', true, 'ValidateSuccessfully', 'validate restore spec successfully');
  world.event(restore, 'Normal', 'RestoreStarting', 'start to restore', COMPONENT);
  patchStatus(world, RESOURCES.restore, restore, {
    phase: 'Running',
    startTimestamp: world.clock.timestamp(),
    conditions: [repoChecked, validated],
  });
  return undefined;
}

function refuseSpec(restore: RestoreRequest, { message }: Failure, repoChecked: Condition, world: World): void {
  world.event(restore, 'Warning', 'ValidateFailed', message, COMPONENT);
  world.event(restore, 'Warning', 'RestoreFailed', message, COMPONENT);
  patchStatus(world, RESOURCES.restore, restore, {
    conditions: [repoChecked, condition(world, 'ValidationPassed', false, 'ValidateFailed', message)],
    phase: 'Failed',
    completionTimestamp: world.clock.timestamp(),
  });
}

function goOn(restore: RestoreRequest, logs: LogSource, world: World): { requeueAfterMs: number } | undefined {
  try {
    const sets = restoreSets(restore, world);
    if (!prepareData(restore, sets, logs, world)) return undefined;
    const result = postReady(currentRestore(restore, world), sets, logs, world);
    if (result === 'waiting for pods') return { requeueAfterMs: nextPeriod(RETRY_MS, world.clock) };
    if (result !== 'done') return undefined;
    world.event(restore, 'Normal', 'RestoreCompleted', 'restore completed.', COMPONENT);
    endRestore(restore, 'Completed', world);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    failStage(restore, error.message, world);
  }
  return undefined;
}

function failStage(restore: RestoreRequest, message: string, world: World): void {
  world.event(restore, 'Warning', 'RestoreFailed', message, COMPONENT);
  writeStage(restore, 'prepareData', { reason: 'Failed', message, actions: restore.status?.actions?.prepareData ?? [] }, world);
  endRestore(restore, 'Failed', world);
}

/** Jobs that did their work go with the restore's end; failed ones stay to be looked into. */
function removeJobs(restore: RestoreRequest, world: World): void {
  if (restore.status?.phase === 'Failed' && !isDeleting(restore)) return;
  for (const job of readAll(world, RESOURCES.job, { labels: { [LABEL.restore]: restore.metadata.name } })) {
    if (!job.metadata.ownerReferences?.some(({ uid }) => uid === restore.metadata.uid)) continue;
    edit(world, RESOURCES.job, job, { removeFinalizer: FINALIZER });
    remove(world, RESOURCES.job, refOf(job));
  }
}
