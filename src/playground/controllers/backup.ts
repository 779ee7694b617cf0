import type { AnyObject, Cluster } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { nextPeriod } from '../runtime/coalesce';
import { isDeleting, patchStatus, read, readAll, refOf } from '../runtime/edits';
import type { Controller, ObjectRef, World } from '../world';
import type { LogSource } from '../workloads/podLogs';
import { deleteBackup } from './backupDeletion';
import { prepareBackup } from './backupPreparation';
import { COMPONENT, removeWorkers, runBackup } from './backupRun';
import { writeMetadata, writeStart } from './backupStart';
import { Failure, Retried } from './failure';
import { ANNOTATION, LABEL } from './names';
import type { BackupSet } from './shapes';

const RESTORE_RETRY_MS = 5000;
/** A log backup is made with its cluster and waits for the pods. */
const TARGET_RETRY_MS = 1000;

/** `controllers/dataprotection/backup_controller.go`: new → running → completed or failed; deleting. */
export function createBackupController(logs: LogSource): Controller {
  return {
    name: 'backup',
    watches: [
      { resource: RESOURCES.backup },
      { resource: RESOURCES.job, keys: ownersOf },
      { resource: RESOURCES.statefulSet, keys: ownersOf },
      { resource: RESOURCES.volumeSnapshot, keys: ownersOf },
      { resource: RESOURCES.cluster, keys: runningBackupsOf },
    ],
    reconcile(ref, world) {
      const backup = read<BackupSet>(world, RESOURCES.backup, ref);
      if (backup === undefined || backup.metadata.annotations?.[ANNOTATION.skipReconciliation]?.toLowerCase() === 'true') return undefined;
      if (isDeleting(backup)) return deleteBackup(backup, world);
      switch (backup.status?.phase ?? '') {
        case '':
        case 'New':
          return startBackup(backup, world);
        case 'Running':
          return goOn(backup, logs, world);
        case 'Completed':
          removeWorkers(backup, world);
          return undefined;
        default:
          return undefined;
      }
    },
  };
}

function startBackup(backup: BackupSet, world: World): { requeueAfterMs: number } | undefined {
  let current = backup;
  try {
    const prepared = prepareBackup(backup, world);
    current = writeMetadata(backup, prepared, world);
    if (current.metadata.labels?.[LABEL.waitRepo] !== undefined) return undefined;
    writeStart(current, prepared, world);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error instanceof Retried) return { requeueAfterMs: TARGET_RETRY_MS };
    reportFailure(current, error, world);
  }
  return undefined;
}

/** Early failures leave nothing behind but phase and reason: no labels, no finalizer. */
function reportFailure(backup: BackupSet, { message, event }: Failure, world: World): void {
  patchStatus(world, RESOURCES.backup, backup, { phase: 'Failed', failureReason: message });
  const text = event === undefined ? `Reconciling failed, error: ${message}` : message;
  world.event(backup, 'Warning', event ?? 'ReconcileFailed', text, COMPONENT);
}

function goOn(backup: BackupSet, logs: LogSource, world: World): { requeueAfterMs: number } | undefined {
  if (isRestoring(backup, world)) {
    world.event(backup, 'Warning', 'RestoreInProgress', 'backup job is delayed because restore is in progress', COMPONENT);
    return { requeueAfterMs: nextPeriod(RESTORE_RETRY_MS, world.clock) };
  }
  try {
    runBackup(backup, logs, world);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    reportFailure(backup, error, world);
  }
  return undefined;
}

/** Up to 1.1 the restore annotation stays on the Cluster until its restore is done. */
function isRestoring({ metadata }: BackupSet, world: World): boolean {
  if (metadata.annotations?.[ANNOTATION.skipRestorationCheck] === 'true') return false;
  const ref = { namespace: metadata.namespace ?? '', name: metadata.labels?.[LABEL.instance] ?? '' };
  return read<Cluster>(world, RESOURCES.cluster, ref)?.metadata.annotations?.[ANNOTATION.restoreFromBackup] !== undefined;
}

/** Hooks that run beside the operator have their owner in another namespace, which a label names. */
function ownersOf({ metadata }: AnyObject): readonly ObjectRef[] {
  const namespace = metadata.labels?.['dataprotection.kubeblocks.io/backup-namespace'] ?? metadata.namespace ?? '';
  return (metadata.ownerReferences ?? []).filter(({ kind }) => kind === 'Backup').map(({ name }) => ({ namespace, name }));
}

function runningBackupsOf(cluster: AnyObject, world: World): readonly ObjectRef[] {
  const labels = { [LABEL.instance]: cluster.metadata.name };
  return readAll<BackupSet>(world, RESOURCES.backup, { namespace: cluster.metadata.namespace ?? '', labels })
    .filter(({ status }) => status?.phase === 'Running')
    .map(refOf);
}

