import { RESOURCES } from '../resources';
import { read, readAll } from '../runtime/edits';
import type { World } from '../world';
import { actionSetOrFailure } from './actionSet';
import { startTime, stopTime } from './backupParent';
import { Failure, notFound, Retried } from './failure';
import { LABEL } from './names';
import { parameterFault } from './parameters';
import type { Actions, BackupSet, RestoreRequest } from './shapes';

/** One backup that a restore reads, with the actions to read it. */
export interface RestoreSet {
  readonly backup: BackupSet;
  readonly actionSet: Actions | undefined;
  /** For a log backup: what it is replayed upon. */
  readonly baseBackup?: BackupSet;
}

/** The backups a restore reads, in order (`ValidateAndInitRestoreMGR`); throws a `Failure` where it is not valid. */
export function restoreSets(restore: RestoreRequest, world: World): readonly RestoreSet[] {
  const { name = '', namespace = '' } = restore.spec?.backup ?? {};
  const set = setOf(namespace, name, world);
  checkTarget(set.backup, restore.spec?.backup?.sourceTargetName ?? '');
  const parameters = restore.spec?.parameters ?? [];
  const fault = set.actionSet === undefined ? undefined : parameterFault(set.actionSet, parameters, 'restore');
  if (fault !== undefined) throw new Retried(`fails to validate parameters with actionset ${set.actionSet?.metadata.name ?? ''}: ${fault}`);
  const type = set.actionSet?.spec?.backupType ?? (set.backup.status?.backupMethod?.snapshotVolumes === true ? 'Full' : '');
  if (type !== 'Continuous' && set.backup.status?.phase !== 'Completed') throw new Failure(`phase of backup "${name}" is not completed`);
  switch (type) {
    case 'Full':
    case 'Selective':
      return [set];
    case 'Incremental':
      checkChain(set.backup, world);
      return [set];
    case 'Continuous':
      return continuousSets(set, restore.spec?.restoreTime ?? '', world);
    default:
      throw new Failure(`backup type of ${name} is empty`);
  }
}

function setOf(namespace: string, name: string, world: World): RestoreSet {
  const backup = read<BackupSet>(world, RESOURCES.backup, { namespace, name });
  if (backup === undefined) throw notFound('Backup', name);
  const method = backup.status?.backupMethod;
  if (method === undefined) throw new Failure(`status.backupMethod of backup "${name}" is empty`);
  const actionSet = (method.actionSetName ?? '') === '' ? undefined : actionSetOrFailure(method.actionSetName ?? '', world);
  return { backup, actionSet };
}

/** A backup of several targets is restored target by target. */
function checkTarget({ status }: BackupSet, wanted: string): void {
  const targets = status?.targets ?? [];
  if (targets.length > 0 && !targets.some(({ name }) => name === wanted)) throw new Failure('can not found any source target in backup');
}

/** Every ancestor of an incremental backup must be there, completed and fitting. */
function checkChain(incremental: BackupSet, world: World): void {
  const namespace = incremental.metadata.namespace ?? '';
  const walked = new Set<string>();
  for (let child = incremental; ; ) {
    walked.add(child.metadata.name);
    const name = child.status?.parentBackupName ?? '';
    const parent = read<BackupSet>(world, RESOURCES.backup, { namespace, name });
    if (parent === undefined) throw new Failure(`fails to get parent backup "${name}" of incremental backup "${child.metadata.name}"`);
    if (walked.has(name)) throw new Failure(`backup "${child.metadata.name}" relies on child backup "${name}"`);
    const fault = linkFault(parent, child);
    if (fault !== undefined) {
      throw new Failure(`fails to validate parent backup "${name}" and child backup "${child.metadata.name}": ${fault}`);
    }
    if (parent.metadata.labels?.[LABEL.backupType] === 'Full') return;
    child = parent;
  }
}

/** `pkg/dataprotection/restore/utils.go` ValidateParentBackupSet, in its order and words. */
function linkFault(parent: BackupSet, child: BackupSet): string | undefined {
  const [up, down] = [parent.status, child.status];
  const name = parent.metadata.name;
  if (up?.phase !== 'Completed' || down?.phase !== 'Completed') return 'parent backup or child backup is not completed';
  if (parent.spec?.backupPolicyName !== child.spec?.backupPolicyName) {
    return `parent backup policy: "${parent.spec?.backupPolicyName ?? ''}" is defferent with child backup policy: "${child.spec?.backupPolicyName ?? ''}"`;
  }
  const type = parent.metadata.labels?.[LABEL.backupType];
  if (type === 'Incremental' && parent.spec?.backupMethod !== child.spec?.backupMethod) {
    return `the parent incremental backup method "${parent.spec?.backupMethod ?? ''}" is not the same with the child backup method "${child.spec?.backupMethod ?? ''}"`;
  }
  if (type === 'Incremental' && up.baseBackupName !== down.baseBackupName) {
    return `the parent incremental backup base backup "${up.baseBackupName ?? ''}" is not the same with the child backup base backup "${down.baseBackupName ?? ''}"`;
  }
  if (type === 'Full' && down.backupMethod?.compatibleMethod !== parent.spec?.backupMethod) {
    return `the parent full backup method "${parent.spec?.backupMethod ?? ''}" is not compatible with the child backup method "${child.spec?.backupMethod ?? ''}"`;
  }
  if (type === 'Full' && down.baseBackupName !== name) {
    return `the parent full backup base backup "${name}" is not the same with the child backup base backup "${down.baseBackupName ?? ''}"`;
  }
  if (type !== 'Full' && type !== 'Incremental') return `the parent backup "${name}" is not incremental or full backup`;
  // Of two that ended in one second, by name.
  const isBefore = stopTime(parent) === stopTime(child) ? name < child.metadata.name : stopTime(parent) < stopTime(child);
  if (!isBefore) return `the parent backup "${name}" is not before the child backup "${child.metadata.name}"`;
  if (up.backupRepoName !== down.backupRepoName) {
    return `the parent backup repo "${up.backupRepoName ?? ''}" is not the same with the child backup's repo "${down.backupRepoName ?? ''}"`;
  }
  return undefined;
}

/** Point in time: within the log, upon the latest base backup that ended in it by then. It does not fall back. */
function continuousSets(log: RestoreSet, restoreTime: string, world: World): readonly RestoreSet[] {
  const name = log.backup.metadata.name;
  const [start, stop] = [startTime(log.backup), stopTime(log.backup)];
  if (start === 0 || stop === 0) throw new Failure(`startTimeStamp or completeTimeStamp of backup "${name}" is empty`);
  const instant = Date.parse(restoreTime) || 0;
  if (instant < start || instant > stop) throw new Failure(`restore time out of the range for backup "${name}"`);
  if (log.actionSet?.spec?.restore?.baseBackupRequired === false) return [log];
  const base = latestBase(log.backup, { start, instant }, world);
  if (base === undefined) {
    const policy = log.backup.spec?.backupPolicyName ?? '';
    throw new Failure(
      `can not found latest full or incremental backup based on backupPolicy "${policy}" and specified restoreTime "${goTime(instant)}"`,
    );
  }
  const baseSet = setOf(base.metadata.namespace ?? '', base.metadata.name, world);
  const replay = { ...log, baseBackup: base };
  const skipsBase = log.actionSet?.metadata.annotations?.['dataprotection.kubeblocks.io/skip-base-backup-restore-in-pitr'] === 'true';
  const isIncremental = baseSet.actionSet?.spec?.backupType === 'Incremental';
  if (skipsBase && isIncremental) throw new Failure('unify incremental and continuous restore job is not supported');
  if (isIncremental) checkChain(base, world);
  return skipsBase ? [replay] : [baseSet, replay];
}

function latestBase(log: BackupSet, { start, instant }: { readonly start: number; readonly instant: number }, world: World): BackupSet | undefined {
  const source = log.metadata.labels ?? {};
  const known = [LABEL.clusterUid, LABEL.instance, LABEL.component].filter((label) => (source[label] ?? '') !== '');
  const labels = Object.fromEntries(
    known.length === 0 ? [[LABEL.backupPolicy, log.spec?.backupPolicyName ?? '']] : known.map((label) => [label, source[label] ?? '']),
  ) as Record<string, string>;
  return ['Full', 'Incremental']
    .flatMap((type) =>
      readAll<BackupSet>(world, RESOURCES.backup, {
        namespace: log.metadata.namespace ?? '',
        labels: { ...labels, [LABEL.backupType]: type },
      }),
    )
    .filter((backup) => backup.status?.phase === 'Completed' && stopTime(backup) >= start && stopTime(backup) <= instant)
    .reduce<BackupSet | undefined>((best, one) => (best === undefined || stopTime(one) > stopTime(best) ? one : best), undefined);
}

/** As Go prints a `time.Time` in UTC. */
function goTime(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`;
}
