import { RESOURCES } from '../resources';
import { read, readAll } from '../runtime/edits';
import type { World } from '../world';
import { Failure, notFound } from './failure';
import { LABEL } from './names';
import type { BackupSet, Method, Policy } from './shapes';
import { targetsOf } from './backupTargets';

export interface IncrementalContext {
  readonly backup: BackupSet;
  readonly method: Method;
  readonly policy: Policy;
  readonly repoName: string;
}

export interface Parentage {
  readonly parentBackupName: string;
  readonly baseBackupName: string;
}

/** The parent of an incremental backup: the one it names, else the latest that fits (`controllers/dataprotection/utils.go`). */
export function parentage(context: IncrementalContext, world: World): Parentage {
  if (context.repoName === '') throw new Failure(`backupRepo for incremental backup can't be empty`);
  const parent = namedParent(context, world) ?? latestParent(context, world);
  if (parent === undefined) throw noParent(context);
  const { name, namespace = '' } = parent.metadata;
  const type = parent.metadata.labels?.[LABEL.backupType];
  if (type === 'Full') return { parentBackupName: name, baseBackupName: name };
  if (type !== 'Incremental') {
    throw new Failure(`parent backup type is ${type ?? ''}, but only full and incremental backup are supported`);
  }
  const base = parent.status?.baseBackupName ?? '';
  if (base === '') throw new Failure(`backup ${namespace}/${name} base backup name is empty`);
  if (read(world, RESOURCES.backup, { namespace, name: base }) === undefined) {
    throw new Failure(`failed to get base backup ${namespace}/${base}: ${notFound('Backup', base).message}`);
  }
  return { parentBackupName: name, baseBackupName: base };
}

function noParent({ backup, policy, method }: IncrementalContext): Failure {
  const count = targetsOf(policy, method).length;
  const { namespace = '', name } = backup.metadata;
  const shards = `: current backup expects ${String(count)} shards, this may be due to shard count mismatch with existing backups`;
  return new Failure(`failed to find a valid parent backup for backup ${namespace}/${name}${count > 0 ? shards : ''}`);
}

function namedParent(context: IncrementalContext, world: World): BackupSet | undefined {
  const { backup } = context;
  const name = backup.spec?.parentBackupName ?? '';
  if (name === '') return undefined;
  if ((backup.metadata.labels?.[LABEL.backupSchedule] ?? '') !== '') throw new Failure('schedule backup cannot specify parent backup');
  const parent = read<BackupSet>(world, RESOURCES.backup, { namespace: backup.metadata.namespace ?? '', name });
  if (parent === undefined) throw notFound('Backup', name);
  const fault = parentFault(parent, context);
  if (fault !== undefined) throw new Failure(`failed to validate parent backup ${name}: ${fault}`);
  return parent;
}

/** Why a backup cannot be the parent, in the controller's words, or undefined. */
function parentFault(parent: BackupSet, { backup, method, policy, repoName }: IncrementalContext): string | undefined {
  const who = `parent backup ${parent.metadata.namespace ?? ''}/${parent.metadata.name}`;
  const { spec, status } = parent;
  if (status?.phase !== 'Completed') return `${who} is not completed`;
  if (spec?.backupPolicyName !== backup.spec?.backupPolicyName) {
    return `${who} policy ${spec?.backupPolicyName ?? ''} is not consistent with the backup`;
  }
  if (spec?.backupMethod !== backup.spec?.backupMethod && spec?.backupMethod !== method.compatibleMethod) {
    return `${who} method ${spec?.backupMethod ?? ''} is invalid for incremental backup`;
  }
  if (stopTime(parent) === 0) return `${who} end time is zero`;
  if (status.backupRepoName !== repoName) {
    return `${who} repo ${status.backupRepoName ?? ''} is not consistent with the backup repo ${repoName}`;
  }
  const expected = targetsOf(policy, method).length;
  const count = status.target === undefined ? (status.targets ?? []).length : 1;
  if (count === expected) return undefined;
  return (
    `${who} has ${String(count)} targets, but current backup expects ${String(expected)} targets; ` +
    'incremental backup requires consistent targets, it may happen by shards changed'
  );
}

/** The latest incremental, if it stands on the latest full backup and is no older; else that full backup. */
function latestParent(context: IncrementalContext, world: World): BackupSet | undefined {
  const { backup } = context;
  const fitting = readAll<BackupSet>(world, RESOURCES.backup, {
    namespace: backup.metadata.namespace ?? '',
    labels: { [LABEL.backupPolicy]: backup.spec?.backupPolicyName ?? '', [LABEL.repoName]: context.repoName },
  }).filter((candidate) => parentFault(candidate, context) === undefined);
  const latest = (type: string, method: string | undefined) =>
    fitting
      .filter(({ metadata, spec }) => metadata.labels?.[LABEL.backupType] === type && spec?.backupMethod === method)
      .reduce<BackupSet | undefined>((best, one) => (best === undefined || endsBefore(best, one) ? one : best), undefined);
  const incremental = latest('Incremental', backup.spec?.backupMethod);
  const full = latest('Full', context.method.compatibleMethod);
  if (full === undefined) {
    if (incremental === undefined) return undefined;
    const { namespace = '', name } = incremental.metadata;
    throw new Failure(`failed to find parent backup: illegal incremental backup ${namespace}/${name}`);
  }
  const standsOnFull = incremental?.status?.baseBackupName === full.metadata.name;
  return incremental !== undefined && standsOnFull && !endsBefore(incremental, full) ? incremental : full;
}

/** Of two that end in the same second, the one whose name comes first (`CompareWithBackupStopTime`). */
function endsBefore(one: BackupSet, other: BackupSet): boolean {
  const [end, otherEnd] = [stopTime(one), stopTime(other)];
  return end === otherEnd ? one.metadata.name < other.metadata.name : end < otherEnd;
}

/** When the data of a backup ends, in ms; 0 when it is not known. */
export function stopTime({ status }: BackupSet): number {
  return Date.parse(status?.timeRange?.end ?? status?.completionTimestamp ?? '') || 0;
}

export function startTime({ status }: BackupSet): number {
  return Date.parse(status?.timeRange?.start ?? status?.startTimestamp ?? '') || 0;
}
