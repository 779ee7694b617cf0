import type { KubeObject } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { edit, isDeleting, patchStatus, read, readAll, refOf, remove, withoutUndefined } from '../runtime/edits';
import { formatGoDuration } from '../runtime/goDuration';
import type { World } from '../world';
import { jobEnd, type Job, type StatefulSet, type VolumeSnapshot } from '../workloads/workload';
import type { LogSource } from '../workloads/podLogs';
import { actionSetOf } from './actionSet';
import { totalOf } from './backupActions';
import { expirationOf } from './backupStart';
import { backupJob, backupStatefulSet, jobNamespaceOf, jobNameOf, volumeSnapshots } from './backupWorkers';
import { archiveIntervalSeconds, isStillWanted } from './continuousBackup';
import { traitsOf } from './lineTraits';
import { FINALIZER, LABEL } from './names';
import type { Action, BackupSet } from './shapes';

export const COMPONENT = 'backup-controller';

/** Brings a running backup's actions on: hooks before, then all data actions together, then hooks after. */
export function runBackup(backup: BackupSet, logs: LogSource, world: World): void {
  if (isContinuous(backup) && !isStillWanted(backup, world)) {
    completeContinuous(backup, world);
    return;
  }
  const actions = execute(backup, world);
  if (actions.some(({ phase }) => phase === 'Failed')) failBackup(backup, actions, logs, world);
  else if (actions.every(({ phase }) => phase === 'Completed')) completeBackup(backup, actions, world);
  else patchStatus(world, RESOURCES.backup, backup, { actions });
}

function execute(backup: BackupSet, world: World): readonly Action[] {
  const results: Action[] = [];
  let blocked: string | undefined;
  for (const action of backup.status?.actions ?? []) {
    const stage = stageOf(action);
    const mustWait = blocked !== undefined && blocked !== stage;
    const result = mustWait || isOver(action) ? action : executeAction(backup, action, world);
    if (!isOver(result)) blocked ??= stage;
    results.push(result);
  }
  return results;
}

function stageOf({ name }: Action): string {
  return /^dp-(prebackup|postbackup)-/.exec(name)?.[1] ?? 'data';
}

/** A log archiver never is: a backup that was completed can be taken up again. */
function isOver({ phase, actionType }: Action): boolean {
  if (actionType === 'StatefulSet') return false;
  return phase === 'Completed' || phase === 'Failed';
}

function executeAction(backup: BackupSet, action: Action, world: World): Action {
  if (action.actionType === 'Job') return executeJob(backup, action, world);
  if (action.actionType === 'StatefulSet') return executeStatefulSet(backup, action, world);
  return executeSnapshot(backup, action, world);
}

function started(action: Action, world: World): Action {
  return { ...action, phase: 'Running', startTimestamp: action.startTimestamp ?? world.clock.timestamp() };
}

function executeJob(backup: BackupSet, action: Action, world: World): Action {
  const ref = { namespace: jobNamespaceOf(backup, action, actionSetOf(backup, world)), name: jobNameOf(backup, action) };
  const job = read<Job>(world, RESOURCES.job, ref);
  if (job === undefined) {
    world.store.create(RESOURCES.job, backupJob(backup, action, world));
    world.event(backup, 'Normal', 'CreatingJob', `creating job ${ref.namespace}/${ref.name}`, COMPONENT);
    return started(action, world);
  }
  const objectRef = referenceTo(job);
  const end = jobEnd(job);
  if (end === undefined) return { ...started(action, world), objectRef };
  const completionTimestamp = world.clock.timestamp();
  return end.ok
    ? { ...action, objectRef, phase: 'Completed', completionTimestamp }
    : { ...action, objectRef, phase: 'Failed', completionTimestamp, failureReason: end.message };
}

/** With the resourceVersion, so that an action follows each change of its worker. */
function referenceTo({ apiVersion, kind, metadata }: KubeObject) {
  const { name, namespace = '', resourceVersion = '', uid = '' } = metadata;
  return { apiVersion, kind, name, namespace, resourceVersion, uid };
}

function executeStatefulSet(backup: BackupSet, action: Action, world: World): Action {
  const ref = { namespace: backup.metadata.namespace ?? '', name: backup.metadata.name };
  const set = read<StatefulSet>(world, RESOURCES.statefulSet, ref);
  if (set === undefined) {
    world.store.create(RESOURCES.statefulSet, backupStatefulSet(backup, action, archiveIntervalSeconds(backup, world), world));
    return started(unended(action), world);
  }
  const objectRef = referenceTo(set);
  return { ...started(unended(action), world), objectRef, availableReplicas: set.status?.availableReplicas ?? 0 };
}

function unended(action: Action): Action {
  return withoutUndefined<object>({ ...action, completionTimestamp: undefined }) as Action;
}

function executeSnapshot(backup: BackupSet, action: Action, world: World): Action {
  const wanted = volumeSnapshots(backup, action, world);
  for (const snapshot of wanted) {
    if (world.store.get(RESOURCES.volumeSnapshot, refOf(snapshot)) !== undefined) continue;
    world.store.create(RESOURCES.volumeSnapshot, snapshot);
    const name = `${snapshot.metadata.namespace ?? ''}/${snapshot.metadata.name}`;
    world.event(backup, 'Normal', 'CreatingVolumeSnapshot', `creating volume snapshot ${name}`, COMPONENT);
  }
  const there = wanted.flatMap((snapshot) => read<VolumeSnapshot>(world, RESOURCES.volumeSnapshot, refOf(snapshot)) ?? []);
  if (there.length === 0 || there.some(({ status }) => status?.readyToUse !== true)) return started(action, world);
  const times = there.map(({ status }) => status?.creationTime ?? '').sort();
  const volumes = backup.status?.backupMethod?.targetVolumes?.volumes ?? [];
  return {
    ...action,
    phase: 'Completed',
    totalSize: totalOf(there.map(({ status }) => status?.restoreSize ?? '0')),
    timeRange: { start: times[0] ?? '', end: times.at(-1) ?? '' },
    volumeSnapshots: there.map(({ metadata, status }) => ({
      name: metadata.name,
      volumeName: volumes.find((volume) => metadata.name.endsWith(`-${volume}`)) ?? '',
      contentName: status?.boundVolumeSnapshotContentName ?? '',
      size: status?.restoreSize ?? '',
    })),
  };
}

function completeBackup(backup: BackupSet, actions: readonly Action[], world: World): void {
  const now = world.clock.now();
  const snapshots = actions.filter(({ volumeSnapshots: taken }) => taken !== undefined);
  world.event(backup, 'Normal', 'CreatedBackup', 'Completed backup', COMPONENT);
  patchStatus(world, RESOURCES.backup, backup, {
    actions,
    phase: 'Completed',
    completionTimestamp: world.clock.timestamp(),
    duration: formatGoDuration(now - (Date.parse(backup.status?.startTimestamp ?? '') || now)),
    expiration: expirationOf(backup, now),
    ...(snapshots.length === 0
      ? {}
      : { totalSize: totalOf(snapshots.map(({ totalSize }) => totalSize ?? '0')), timeRange: snapshots[0]?.timeRange }),
  });
}

/** The log of the failed worker is noted first; the job's own end overwrites it, as on 1.0. */
function failBackup(backup: BackupSet, actions: readonly Action[], logs: LogSource, world: World): void {
  const withLogs = actions.map((action) => {
    const log = action.phase === 'Failed' ? failedLog(backup, action, logs, world) : undefined;
    return log === undefined ? action : { ...(previous(backup, action) ?? action), failureReason: `Log Collector Output: ${log}` };
  });
  patchStatus(world, RESOURCES.backup, backup, { actions: withLogs });
  const { actionsFailed, keepsLogOfFailure } = traitsOf(world);
  world.event(backup, 'Warning', 'ReconcileFailed', `Reconciling failed, error: ${actionsFailed}`, COMPONENT);
  const told = keepsLogOfFailure ? actions.map((action, index) => withoutUndefined({ ...action, failureReason: withLogs[index]?.failureReason }) as Action) : actions;
  patchStatus(world, RESOURCES.backup, backup, { actions: told, phase: 'Failed', failureReason: actionsFailed });
}

function previous(backup: BackupSet, { name }: Action): Action | undefined {
  return backup.status?.actions?.find((action) => action.name === name);
}

function failedLog(backup: BackupSet, action: Action, logs: LogSource, world: World): string | undefined {
  const namespace = action.objectRef?.namespace ?? backup.metadata.namespace ?? '';
  const pods = readAll(world, RESOURCES.pod, { namespace, labels: { 'job-name': action.objectRef?.name ?? '' } });
  const last = pods.at(-1);
  return last === undefined ? undefined : logs.podLog(namespace, last.metadata.name);
}

function isContinuous({ metadata }: BackupSet): boolean {
  return metadata.labels?.[LABEL.backupType] === 'Continuous';
}

function completeContinuous(backup: BackupSet, world: World): void {
  const now = world.clock.now();
  const completionTimestamp = world.clock.timestamp();
  patchStatus(world, RESOURCES.backup, backup, {
    phase: 'Completed',
    completionTimestamp,
    duration: formatGoDuration(now - (Date.parse(backup.status?.startTimestamp ?? '') || now)),
    expiration: expirationOf(backup, now),
    actions: (backup.status?.actions ?? []).map((action) => ({ ...action, phase: 'Completed', availableReplicas: 0, completionTimestamp })),
  });
}

/** Takes the workers of a backup away: all of them once it is completed or being deleted. */
export function removeWorkers(backup: BackupSet, world: World): void {
  const labels = { [LABEL.backupName]: backup.metadata.name };
  for (const resource of [RESOURCES.job, RESOURCES.statefulSet]) {
    for (const worker of readAll(world, resource, { labels })) {
      if (isDeleting(worker) || !worker.metadata.ownerReferences?.some(({ uid }) => uid === backup.metadata.uid)) continue;
      edit(world, resource, worker, { removeFinalizer: FINALIZER });
      remove(world, resource, refOf(worker));
    }
  }
}
