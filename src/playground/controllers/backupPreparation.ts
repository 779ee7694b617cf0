import { RESOURCES } from '../resources';
import { read } from '../runtime/edits';
import type { World } from '../world';
import { actionSetOrFailure } from './actionSet';
import { parentage, type Parentage } from './backupParent';
import { chooseRepo } from './backupRepoChoice';
import { chooseTargets, type ChosenTarget } from './backupTargets';
import { Failure, notFound, Retried } from './failure';
import { LABEL } from './names';
import { parameterFault } from './parameters';
import type { Actions, BackupSet, Method, Policy, Repo } from './shapes';

/** Everything a new backup needs before anything of it is written. */
export interface PreparedBackup {
  readonly policy: Policy;
  readonly method: Method;
  readonly actionSet: Actions | undefined;
  /** None for volume snapshots. */
  readonly repo: Repo | undefined;
  readonly type: string;
  readonly targets: readonly ChosenTarget[];
  readonly parentage: Parentage | undefined;
}

/** In the order of `prepareBackupRequest`; throws a `Failure` at the first thing that is wrong. */
export function prepareBackup(backup: BackupSet, world: World): PreparedBackup {
  const policy = policyOf(backup, world);
  const method = methodOf(backup, policy);
  const isSnapshot = method.snapshotVolumes === true;
  const actionSet = actionSetFor(backup, method, world);
  checkEncryption(policy, world);
  const repo = isSnapshot ? undefined : chooseRepo(backup, policy, world);
  const type = actionSet?.spec?.backupType ?? 'Full';
  const repoName = repo?.metadata.name ?? '';
  const parents = type === 'Incremental' ? parentage({ backup, method, policy, repoName }, world) : undefined;
  if (type === 'Continuous') checkContinuous(backup, world);
  const targets = targetsFor(type, policy, method, world);
  return { policy, method, actionSet, repo, type, targets, parentage: parents };
}

/** A log backup is not given up while its cluster is still coming up. */
function targetsFor(type: string, policy: Policy, method: Method, world: World): readonly ChosenTarget[] {
  try {
    return chooseTargets(policy, method, world);
  } catch (error) {
    if (type !== 'Continuous' || !(error instanceof Failure)) throw error;
    throw new Retried(error.message);
  }
}

function policyOf(backup: BackupSet, world: World): Policy {
  const name = backup.spec?.backupPolicyName ?? '';
  const policy = read<Policy>(world, RESOURCES.backupPolicy, { namespace: backup.metadata.namespace ?? '', name });
  if (policy === undefined) throw notFound('BackupPolicy', name);
  if (policy.status?.phase === 'Unavailable') throw new Failure(`phase of backupPolicy "${name}" is Unavailable`);
  return policy;
}

function methodOf(backup: BackupSet, policy: Policy): Method {
  const name = backup.spec?.backupMethod ?? '';
  const method = policy.spec?.backupMethods?.find((one) => one.name === name);
  if (method === undefined) throw new Failure(`backupMethod: ${name} not found`, 'NotFound');
  if (method.snapshotVolumes !== true && (method.actionSetName ?? '') === '') {
    throw new Failure(`backup method ${name} should specify snapshotVolumes or actionSetName`);
  }
  return method;
}

function actionSetFor(backup: BackupSet, method: Method, world: World): Actions | undefined {
  if ((method.actionSetName ?? '') === '') return undefined;
  const actionSet = actionSetOrFailure(method.actionSetName ?? '', world);
  const fault = parameterFault(actionSet, backup.spec?.parameters ?? [], 'backup');
  if (fault !== undefined) throw new Failure(`fails to validate parameters with actionset ${actionSet.metadata.name}: ${fault}`);
  return actionSet;
}

function checkEncryption(policy: Policy, world: World): void {
  const ref = policy.spec?.encryptionConfig?.passPhraseSecretKeyRef;
  if (ref === undefined) return;
  const { name = '', key = '' } = ref;
  const namespace = policy.metadata.namespace ?? '';
  const secret = world.store.get(RESOURCES.secret, { namespace, name });
  const prefix = "failed to validate backupPolicy's encryption config: failed to check encryption key reference:";
  if (secret === undefined) throw new Failure(`${prefix} secret (${name}/${namespace}) is not found`);
  if ((secret.data as Record<string, unknown> | undefined)?.[key] === undefined) {
    throw new Failure(`${prefix} secret (${name}/${namespace}) doesn't contain key ${key}`);
  }
}

/** Only a BackupSchedule makes continuous backups. */
function checkContinuous(backup: BackupSet, world: World): void {
  const namespace = backup.metadata.namespace ?? '';
  const name = backup.metadata.labels?.[LABEL.backupSchedule] ?? '';
  const schedule = read<BackupSet>(world, RESOURCES.backupSchedule, { namespace, name });
  if (schedule === undefined) throw new Failure('continuous backup is only allowed to be created by backupSchedule');
  if (schedule.status?.phase === 'Failed') throw new Failure(`create continuous backup by failed backupschedule ${namespace}/${name}`);
}
