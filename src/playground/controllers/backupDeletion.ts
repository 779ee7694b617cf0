import type { AnyObject } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { edit, isDeleting, patchStatus, read, readAll, refOf, remove } from '../runtime/edits';
import type { World } from '../world';
import { jobEnd, type Job } from '../workloads/workload';
import { actionSetOf } from './actionSet';
import { COMPONENT, removeWorkers } from './backupRun';
import { traitsOf } from './lineTraits';
import { cutName, FINALIZER, LABEL, MANAGED_BY, shortUid, TOOLS_IMAGE } from './names';
import type { BackupSet, JobAction, Repo } from './shapes';
import { AS_ROOT, workerJob } from './workerJob';

const PODS_RETRY_MS = 200;

/** Children first, then workers, snapshots and files; a retained backup stays for ever in Deleting. */
export function deleteBackup(backup: BackupSet, world: World): { requeueAfterMs: number } | undefined {
  if (backup.status?.phase !== 'Deleting') {
    patchStatus(world, RESOURCES.backup, backup, { phase: 'Deleting' });
    return undefined;
  }
  deleteChildren(backup, world);
  removeWorkers(backup, world);
  if (backup.spec?.deletionPolicy === 'Retain') {
    world.event(backup, 'Warning', 'Retain', 'can not delete the backup if deletionPolicy is Retain', COMPONENT);
    return undefined;
  }
  const labels = { [LABEL.backupName]: backup.metadata.name };
  const namespace = backup.metadata.namespace ?? '';
  if (readAll(world, RESOURCES.pod, { namespace, labels }).length > 0) return { requeueAfterMs: PODS_RETRY_MS };
  for (const snapshot of readAll(world, RESOURCES.volumeSnapshot, { namespace, labels })) {
    edit(world, RESOURCES.volumeSnapshot, snapshot, { removeFinalizer: FINALIZER });
    remove(world, RESOURCES.volumeSnapshot, refOf(snapshot));
  }
  deleteFiles(backup, world);
  return undefined;
}

function deleteChildren(backup: BackupSet, world: World): void {
  const labels = { [LABEL.backupPolicy]: backup.spec?.backupPolicyName ?? '' };
  for (const child of readAll<BackupSet>(world, RESOURCES.backup, { namespace: backup.metadata.namespace ?? '', labels })) {
    const { parentBackupName, baseBackupName } = child.status ?? {};
    const isChild = parentBackupName === backup.metadata.name || baseBackupName === backup.metadata.name;
    if (isChild && !isDeleting(child)) remove(world, RESOURCES.backup, refOf(child));
  }
}

/**
 * A job removes the files, unless there are none to remove or no repository to reach them in; where the action set has a
 * `preDelete`, that is run first, by a job of its own (`pkg/dataprotection/backup/deleter.go`).
 */
function deleteFiles(backup: BackupSet, world: World): void {
  const { namespace = '', name } = backup.metadata;
  const repo = read<Repo>(world, RESOURCES.backupRepo, { name: backup.status?.backupRepoName ?? '' });
  const hasFiles = backup.status?.backupMethod?.snapshotVolumes !== true && (backup.status?.path ?? '').includes(name);
  const preDelete = actionSetOf(backup, world)?.spec?.backup?.preDelete;
  for (const stage of preDelete === undefined ? (['delete'] as const) : (['predelete', 'delete'] as const)) {
    const ref = { namespace, name: cutName(`${shortUid(backup)}-${stage}-${name}`) };
    const job = read<Job>(world, RESOURCES.job, ref);
    if (job === undefined) {
      if (!hasFiles || repo === undefined) continue;
      world.store.create(RESOURCES.job, stage === 'delete' ? deleteJob(backup, ref, repo) : preDeleteJob(backup, ref, repo, preDelete));
      return;
    }
    const end = jobEnd(job);
    if (end === undefined) return;
    if (end.ok) continue;
    reportFailedDeletion(backup, ref.name, end.message, world);
    return;
  }
  edit(world, RESOURCES.backup, backup, { removeFinalizer: FINALIZER });
}

function reportFailedDeletion(backup: BackupSet, jobName: string, failure: string, world: World): void {
  const message = `deletion backup files job "${jobName}" failed, you can delete it to re-delete the backup files, ${failure}`;
  const { deletionFailureField: field } = traitsOf(world);
  if (backup.status?.[field] === message) return;
  world.event(backup, 'Warning', 'DeleteBackupFilesFailed', message, COMPONENT);
  patchStatus(world, RESOURCES.backup, backup, { [field]: message });
}

interface JobRef {
  readonly namespace: string;
  readonly name: string;
}

function deleteJob(backup: BackupSet, ref: JobRef, repo: Repo): AnyObject {
  const path = backup.status?.path ?? '';
  const command = repo.spec?.accessMethod === 'Tool' ? `export PATH="$PATH:$DP_DATASAFED_BIN_PATH"\ndatasafed rm -r "${path}"\n` : `rm -rf "/backupdata${path}"\n`;
  return cleaningJob(backup, ref, repo, { image: TOOLS_IMAGE, command: ['sh', '-c'], args: [command] });
}

function preDeleteJob(backup: BackupSet, ref: JobRef, repo: Repo, action: JobAction | undefined): AnyObject {
  return cleaningJob(backup, ref, repo, action ?? { image: TOOLS_IMAGE, command: ['true'] });
}

function cleaningJob(backup: BackupSet, ref: JobRef, repo: Repo, run: JobAction & { readonly args?: readonly string[] }): AnyObject {
  return workerJob({
    ...ref,
    owner: backup,
    labels: { [LABEL.managedBy]: MANAGED_BY },
    backoffLimit: 2,
    namesTemplate: true,
    keepsLabels: true,
    security: AS_ROOT,
    containers: [{ name: 'deleter', ...run }],
    ...(repo.spec?.accessMethod === 'Tool'
      ? { toolConfigSecret: repo.status?.toolConfigSecretName }
      : { volumes: [{ name: 'dp-backup-data', persistentVolumeClaim: { claimName: repo.status?.backupPVCName ?? '' } }] }),
  });
}
