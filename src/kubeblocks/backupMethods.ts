import * as l10n from '@vscode/l10n';
import type { BackupType } from './backupState';
import { actionSetType, backupState, endOf, instant, isSnapshot } from './backupState';
import { parseBytes } from './bytes';
import type { ClusterEntry } from './clusterIndex';
import type { Inventory } from './inventory';
import { objectKey } from './inventory';
import { find } from './known';
import { ANNOTATIONS } from './labels';
import type { ActionSet, Backup, BackupMethod, BackupPolicy } from './objects';
import { defaultRepository, repositoryOf, repositoryState, repositoryStateWords } from './repositoryState';

export interface MethodProblem {
  readonly code:
    | 'policyUnavailable'
    | 'scheduleOnly'
    | 'actionSetMissing'
    | 'actionSetUnavailable'
    | 'notRunnable'
    | 'noRepository'
    | 'noSnapshotClass'
    | 'severalDefaultRepositories'
    | 'repositoryMissing'
    | 'repositoryNotReady'
    | 'noParent'
    | 'noCompatibleMethod';
  readonly message: string;
}

/** A method that a live policy offers. */
export interface MethodOption {
  readonly method: BackupMethod;
  readonly name: string;
  /** Undefined where the action set is not known. A snapshot counts as Full. */
  readonly type: BackupType | undefined;
  readonly snapshot: boolean;
  readonly actionSet: ActionSet | undefined;
  readonly actionSetName: string | undefined;
  /** Where a backup would go; undefined for snapshots and where it cannot be said. */
  readonly repository: string | undefined;
  /** The newest completed backup made with it. */
  readonly last: LastRun | undefined;
  /** Completed backups that a new incremental may build on, newest first. Empty for other types. */
  readonly parents: readonly Backup[];
  /** Why a backup cannot be made with it now. */
  readonly problem: MethodProblem | undefined;
  readonly recommended: boolean;
}

export interface LastRun {
  readonly backup: Backup;
  readonly bytes: number | undefined;
  readonly durationMs: number | undefined;
}

/** Policies to choose from: those of the component (all without one), generated defaults first. */
export function policiesOf(entry: ClusterEntry, component?: string): BackupPolicy[] {
  const isDefault = (policy: BackupPolicy): number => (policy.metadata.annotations?.[ANNOTATIONS.defaultPolicy] === 'true' ? 0 : 1);
  return entry.policies
    .filter((policy) => component === undefined || Object.values(policy.metadata.labels ?? {}).includes(component))
    .sort((a, b) => isDefault(a) - isDefault(b));
}

/** What the policy offers: usable ones first, the recommended one at the top. */
export function backupMethods(inventory: Inventory, policy: BackupPolicy): MethodOption[] {
  const backups = backupsOf(inventory, policy);
  const options = (policy.spec?.backupMethods ?? []).map((method) => optionOf(inventory, policy, method, backups));
  const recommended = recommend(options);
  return options
    .map((option) => (option === recommended ? { ...option, recommended: true } : option))
    .sort((a, b) => order(a) - order(b));
}

function order({ problem, recommended }: MethodOption): number {
  return recommended ? 0 : problem === undefined ? 1 : 2;
}

/** A full backup into a repository outlives its cluster and its storage; among those, the one used last. */
function recommend(options: readonly MethodOption[]): MethodOption | undefined {
  const usable = options.filter(({ problem, type }) => problem === undefined && type === 'Full');
  const lasting = usable.filter(({ snapshot }) => !snapshot);
  const newest = (a: MethodOption, b: MethodOption): number => endOfLast(b) - endOfLast(a);
  return lasting.toSorted(newest)[0] ?? usable.toSorted(newest)[0];
}

function endOfLast({ last }: MethodOption): number {
  return last === undefined ? 0 : (endOf(last.backup) ?? 0);
}

function backupsOf(inventory: Inventory, policy: BackupPolicy): Backup[] {
  const backups: Backup[] = [];
  for (const backup of inventory.backups.items.values()) {
    const ofPolicy = backup.metadata.namespace === policy.metadata.namespace && backup.spec?.backupPolicyName === policy.metadata.name;
    if (ofPolicy && backupState(backup) === 'completed') {
      backups.push(backup);
    }
  }
  return backups.sort((a, b) => (endOf(b) ?? 0) - (endOf(a) ?? 0));
}

function optionOf(inventory: Inventory, policy: BackupPolicy, method: BackupMethod, backups: readonly Backup[]): MethodOption {
  const snapshot = method.snapshotVolumes === true;
  const found = method.actionSetName === undefined ? undefined : find(inventory.actionSets, objectKey(undefined, method.actionSetName));
  const actionSet = typeof found === 'object' ? found : undefined;
  const type = actionSet !== undefined ? actionSetType(actionSet) : snapshot ? 'Full' : undefined;
  const repository = snapshot ? undefined : repositoryFor(inventory, policy);
  const last = backups.find((backup) => backup.spec?.backupMethod === method.name);
  const parents = type === 'Incremental' ? backups.filter((backup) => isParent(backup, method, repository)) : [];
  const known = { method, name: method.name, type, snapshot, actionSet, actionSetName: method.actionSetName, repository };
  return {
    ...known,
    last: last === undefined ? undefined : lastRun(last),
    parents,
    problem: methodProblem(inventory, policy, method, { found, type, parents }),
    recommended: false,
  };
}

/** The policy's repository, else the one default that is Ready. */
function repositoryFor(inventory: Inventory, policy: BackupPolicy): string | undefined {
  const named = policy.spec?.backupRepoName ?? '';
  if (named !== '') {
    return named;
  }
  const chosen = defaultRepository(inventory);
  return chosen.kind === 'one' ? chosen.repo.metadata.name : undefined;
}

/** `ValidateParentBackup` of `controllers/dataprotection/utils.go`. */
function isParent(backup: Backup, method: BackupMethod, repository: string | undefined): boolean {
  const methodFits = backup.spec?.backupMethod === method.name || backup.spec?.backupMethod === method.compatibleMethod;
  return methodFits && endOf(backup) !== undefined && !isSnapshot(backup) && (repository === undefined || repositoryOf(backup) === repository);
}

interface Known {
  readonly found: ActionSet | 'missing' | 'unknown' | undefined;
  readonly type: BackupType | undefined;
  readonly parents: readonly Backup[];
}

function methodProblem(inventory: Inventory, policy: BackupPolicy, method: BackupMethod, known: Known): MethodProblem | undefined {
  return (
    policyProblem(policy) ?? actionSetProblem(method, known) ?? (method.snapshotVolumes === true ? snapshotProblem(inventory) : repositoryProblemFor(inventory, policy)) ?? parentProblem(inventory, method, known)
  );
}

function policyProblem(policy: BackupPolicy): MethodProblem | undefined {
  return policy.status?.phase === 'Unavailable'
    ? { code: 'policyUnavailable', message: l10n.t('its policy is unavailable: {0}', policy.status.message ?? '') }
    : undefined;
}

function actionSetProblem(method: BackupMethod, { found, type }: Known): MethodProblem | undefined {
  const name = method.actionSetName ?? '';
  if (found === undefined) {
    return method.snapshotVolumes === true ? undefined : { code: 'notRunnable', message: l10n.t('it names neither an action set nor volume snapshots') };
  }
  if (found === 'missing') {
    return { code: 'actionSetMissing', message: l10n.t('action set {0} does not exist', name) };
  }
  if (found !== 'unknown' && found.status?.phase === 'Unavailable') {
    return { code: 'actionSetUnavailable', message: l10n.t('action set {0} is unavailable: {1}', name, found.status.message ?? '') };
  }
  if (type === 'Continuous') {
    return { code: 'scheduleOnly', message: l10n.t('runs by schedule only') };
  }
  return type === 'Differential' ? { code: 'notRunnable', message: l10n.t('KubeBlocks cannot make differential backups') } : undefined;
}

/** `pkg/dataprotection/backup/request.go`: a class for the driver of the volumes is looked for, and the backup fails without. */
function snapshotProblem({ snapshotClasses: { state, items } }: Inventory): MethodProblem | undefined {
  const isKnown = state.state === 'ready' || state.state === 'absent';
  return isKnown && items.size === 0 ? { code: 'noSnapshotClass', message: l10n.t('the cluster has no VolumeSnapshotClass') } : undefined;
}

function repositoryProblemFor(inventory: Inventory, policy: BackupPolicy): MethodProblem | undefined {
  const named = policy.spec?.backupRepoName ?? '';
  if (named === '') {
    return defaultRepositoryProblem(inventory);
  }
  const repo = find(inventory.repos, objectKey(undefined, named));
  if (repo === 'missing') {
    return { code: 'repositoryMissing', message: l10n.t('repository {0} does not exist', named) };
  }
  if (repo === 'unknown' || repositoryState(repo) === 'ready') {
    return undefined;
  }
  return { code: 'repositoryNotReady', message: l10n.t('repository {0} is {1}', named, repositoryStateWords(repo)) };
}

function defaultRepositoryProblem(inventory: Inventory): MethodProblem | undefined {
  const chosen = defaultRepository(inventory);
  if (chosen.kind === 'none') {
    return { code: 'noRepository', message: l10n.t('no default repository is ready') };
  }
  if (chosen.kind !== 'several') {
    return undefined;
  }
  const names = chosen.repos.map(({ metadata }) => metadata.name).join(', ');
  return { code: 'severalDefaultRepositories', message: l10n.t('several repositories are the default: {0}', names) };
}

function parentProblem(inventory: Inventory, method: BackupMethod, { type, parents }: Known): MethodProblem | undefined {
  if (type !== 'Incremental') {
    return undefined;
  }
  if ((method.compatibleMethod ?? '') === '') {
    return { code: 'noCompatibleMethod', message: l10n.t('it names no full method to build on') };
  }
  const none = parents.length === 0 && inventory.backups.state.state === 'ready';
  return none ? { code: 'noParent', message: l10n.t('needs a completed {0} backup first', method.compatibleMethod ?? '') } : undefined;
}

function lastRun(backup: Backup): LastRun {
  const started = instant(backup.status?.startTimestamp);
  const ended = instant(backup.status?.completionTimestamp);
  return { backup, bytes: parseBytes(backup.status?.totalSize), durationMs: started === undefined || ended === undefined ? undefined : ended - started };
}
