import * as l10n from '@vscode/l10n';
import { backupState, backupType, instant } from './backupState';
import { backupFailure } from './backupSteps';
import { componentOf, entryOfBackup, indexClusters } from './clusterIndex';
import { emptyRestoreReason } from './emptyRestore';
import { keyOf, objectKey, type Inventory } from './inventory';
import { isComplete } from './known';
import { LABELS } from './labels';
import { logStateOf } from './logState';
import type { Backup, BackupRepo, BackupSchedule, Cluster, OpsRequest, Restore } from './objects';
import { defaultRepository, isDefaultRepository, repositoryOf, repositoryProblem, repositoryState, repositoryStateWords } from './repositoryState';
import { restoreFailure, restoreState } from './restoreState';
import { runsWithoutBackup } from './scheduleDrift';
import { methodOf, scheduleRows } from './schedules';
import { localAndUtcText, type TimeContext } from './timeText';

/** What the objects around one that failed show, where no text of a controller says it. */
export interface Sign {
  readonly source: string;
  readonly text: string;
  /** The cause it speaks for; without it its text is read as a witness like any other. */
  readonly code?: string;
  /** It is so now, which need not have been so then. */
  readonly isOfNow?: true;
}

const WAITS_FOR_REPOSITORY = 'dataprotection.kubeblocks.io/wait-repo-preparation';

/** Of a backup that failed, or that does not end. */
export function backupSigns(inventory: Inventory, backup: Backup, time: TimeContext): Sign[] {
  const state = backupState(backup);
  if (state === 'completed') {
    return [];
  }
  if (state === 'deleting') {
    return backup.spec?.deletionPolicy === 'Retain' ? [{ code: 'retained', source: 'spec.deletionPolicy', text: 'Retain' }] : [];
  }
  return [
    ...(backupType(backup) === 'Continuous' ? logSigns(inventory, backup, time) : []),
    ...(backup.metadata.labels?.[WAITS_FOR_REPOSITORY] === undefined ? [] : [{ code: 'repositoryPreparation', source: 'metadata.labels', text: WAITS_FOR_REPOSITORY }]),
    ...repositorySigns(inventory, repositoryFor(inventory, backup)),
    ...methodSigns(inventory, backup.metadata.namespace, backup.spec?.backupPolicyName, backup.spec?.backupMethod),
  ];
}

/** Of a repository whose check fails. */
export function repositoryTroubleSigns(repo: BackupRepo): Sign[] {
  const { bucket = '' } = repo.spec?.config ?? {};
  const message = repositoryProblem(repo)?.message ?? '';
  const isVendors = /^(s3|oss|cos|obs)$/.test(repo.spec?.storageProviderRef ?? '');
  const line = isVendors && bucket !== '' ? message.split('\n').find((each) => each.includes(`lookup ${bucket}.`)) : undefined;
  return line === undefined ? [] : [{ code: 'pathStyle', source: 'status', text: line }];
}

/** Of a schedule: its lines' expressions, what they made, and what they did not. */
export function scheduleSigns(inventory: Inventory, schedule: BackupSchedule, time: TimeContext): Sign[] {
  const key = keyOf(schedule);
  const entry = [...indexClusters(inventory).entries.values()].find(({ schedules }) => schedules.some((each) => keyOf(each) === key));
  if (entry === undefined) {
    return [];
  }
  return scheduleRows(inventory, { ...entry, schedules: [schedule] }, time.now).flatMap((row): Sign[] => {
    const source = `schedule ${row.name}`;
    if (row.continuous && !row.on) {
      return [{ code: 'logOff', source, text: l10n.t('it is off') }];
    }
    if (!row.on) {
      return [];
    }
    const missed = row.continuous || inventory.backups.state.state !== 'ready' ? 0 : runsWithoutBackup(row, time.now);
    return [
      ...(row.problem === undefined || row.problem === schedule.status?.failureReason ? [] : [{ code: 'cron', source, text: `${row.item.cronExpression}: ${row.problem}` }]),
      ...methodSigns(inventory, schedule.metadata.namespace, schedule.spec?.backupPolicyName, row.item.backupMethod),
      ...(row.last !== undefined && backupState(row.last) === 'failed' ? failedRunSigns(row.last, source) : []),
      ...(missed === 0 ? [] : [{ code: 'scheduleMissed', source, text: l10n.t('{0} runs made no backup since the last', missed) }]),
      ...(row.continuous && row.last !== undefined ? logSigns(inventory, row.last, time) : []),
    ];
  });
}

function failedRunSigns(backup: Backup, source: string): Sign[] {
  const failure = backupFailure(backup);
  const name = backup.metadata.name;
  return [
    { code: 'scheduleBackupsFail', source, text: l10n.t('the newest, {0}, failed: {1}', name, failure ?? l10n.t('no reason given')) },
    ...(failure === undefined ? [] : [{ source: `backup ${name}`, text: failure }]),
  ];
}

/** Of a Restore object. */
export function restoreSigns(inventory: Inventory, restore: Restore): Sign[] {
  const { name = '', namespace = restore.metadata.namespace } = restore.spec?.backup ?? {};
  return restoreState(restore) === 'completed' ? [] : sourceSigns(inventory, namespace, name);
}

/** Of a request to back up or to restore, which before 1.2 stays in Creating for what it can never do. */
export function opsSigns(inventory: Inventory, ops: OpsRequest): Sign[] {
  const { namespace } = ops.metadata;
  const { restore, backup, clusterName = '', type } = ops.spec ?? {};
  if (ops.status?.phase === 'Succeed') {
    return [];
  }
  if (type === 'Backup') {
    const entry = indexClusters(inventory).entries.get(objectKey(namespace, clusterName));
    const methods = entry?.policies.flatMap(({ spec }) => spec?.backupMethods?.map(({ name }) => name) ?? []) ?? [];
    const method = backup?.backupMethod;
    const isUnknown = method !== undefined && isComplete(inventory.policies) && methods.length > 0 && !methods.includes(method);
    return isUnknown ? [{ code: 'methodMissing', source: 'spec.backup.backupMethod', text: l10n.t('{0} is none of {1}', method, methods.join(', ')) }] : [];
  }
  return restore === undefined ? [] : sourceSigns(inventory, restore.backupNamespace ?? namespace, restore.backupName ?? '');
}

/** Of a cluster that was to be restored: what its Restore objects say, and that it holds nothing. */
export function clusterSigns(inventory: Inventory, cluster: Cluster): Sign[] {
  const empty = emptyRestoreReason(inventory, cluster);
  const entry = indexClusters(inventory).entries.get(keyOf(cluster));
  const failed = entry?.restores.filter((restore) => restoreState(restore) === 'failed') ?? [];
  return [
    ...(empty === undefined ? [] : [{ code: 'emptyRestore', source: `cluster ${cluster.metadata.name}`, text: empty }]),
    ...failed.map((restore) => ({ source: `restore ${restore.metadata.name}`, text: restoreFailure(restore) ?? l10n.t('failed without a reason') })),
  ];
}

/** A log that is off, or silent though it is on. */
function logSigns(inventory: Inventory, log: Backup, time: TimeContext): Sign[] {
  const schedule = inventory.schedules.items.get(objectKey(log.metadata.namespace, log.metadata.labels?.[LABELS.backupSchedule] ?? ''));
  const line = schedule?.spec?.schedules?.find(({ backupMethod }) => backupMethod === log.spec?.backupMethod);
  if (schedule !== undefined && line?.enabled === false) {
    return [{ code: 'logOff', source: `schedule ${schedule.metadata.name}`, text: l10n.t('{0} is off', line.backupMethod) }];
  }
  const entry = entryOfBackup(inventory, log);
  const state = entry === undefined ? undefined : logStateOf(entry, componentOf(log), { rows: scheduleRows(inventory, entry, time.now), now: time.now });
  if (state?.kind !== 'stopped' || state.backup === undefined || keyOf(state.backup) !== keyOf(log) || backupState(log) === 'failed') {
    return [];
  }
  const text = state.since === undefined ? l10n.t('nothing was archived at all') : l10n.t('the newest instant archived is {0}', localAndUtcText(state.since, time));
  return [{ code: 'logSilent', source: 'status.timeRange', text }];
}

/** The repository a backup goes to: as it says, else as its policy says, else the default one. */
function repositoryFor(inventory: Inventory, backup: Backup): string | undefined {
  const policy = inventory.policies.items.get(objectKey(backup.metadata.namespace, backup.spec?.backupPolicyName ?? ''));
  const method = methodOf(policy, backup.spec?.backupMethod ?? '') ?? backup.status?.backupMethod;
  if (method?.snapshotVolumes === true) {
    return undefined;
  }
  const standard = defaultRepository(inventory);
  // A default that is not ready counts for none, and is what is looked for.
  const anyDefault = [...inventory.repos.items.values()].find(isDefaultRepository)?.metadata.name;
  return repositoryOf(backup) ?? policy?.spec?.backupRepoName ?? (standard.kind === 'one' ? standard.repo.metadata.name : anyDefault);
}

function repositorySigns(inventory: Inventory, name: string | undefined): Sign[] {
  const repo = name === undefined ? undefined : inventory.repos.items.get(objectKey(undefined, name));
  if (name === undefined || (repo === undefined && !isComplete(inventory.repos)) || (repo !== undefined && repositoryState(repo) === 'ready')) {
    return [];
  }
  const problem = repo === undefined ? undefined : repositoryProblem(repo);
  const words = repo === undefined ? l10n.t('it does not exist') : repositoryStateWords(repo);
  return [
    { code: 'repositoryMissing', isOfNow: true, source: `repository ${name}`, text: words },
    ...(problem?.message === undefined ? [] : [{ source: `repository ${name}`, text: problem.message }]),
  ];
}

function methodSigns(inventory: Inventory, namespace: string | undefined, policyName = '', method = ''): Sign[] {
  const policy = inventory.policies.items.get(objectKey(namespace, policyName));
  const methods = policy?.spec?.backupMethods?.map(({ name }) => name);
  return methods === undefined || method === '' || methods.includes(method)
    ? []
    : [{ code: 'methodMissing', source: `policy ${policyName}`, text: l10n.t('it has {0}, but not {1}', methods.join(', '), method) }];
}

/** Whether a backup of the namespace that is not known does not exist. */
function isListedIn({ backups: { state } }: Inventory, namespace: string | undefined): boolean {
  return state.state === 'ready' && (state.namespace === undefined || state.namespace === namespace);
}

/** Of the backup that is to be restored. */
function sourceSigns(inventory: Inventory, namespace: string | undefined, name: string): Sign[] {
  const backup = inventory.backups.items.get(objectKey(namespace, name));
  if (backup === undefined) {
    return name !== '' && isListedIn(inventory, namespace) ? [{ code: 'backupMissing', source: `backup ${name}`, text: l10n.t('there is none in namespace {0}', namespace ?? '') }] : [];
  }
  const isLog = backupType(backup) === 'Continuous';
  const isUnusable = isLog ? instant(backup.status?.timeRange?.end) === undefined : backupState(backup) !== 'completed';
  return [
    ...(isUnusable ? [{ code: 'backupUnfinished', source: `backup ${name}`, text: isLog ? l10n.t('it has archived nothing yet') : (backup.status?.phase ?? l10n.t('it has not begun')) }] : []),
    ...repositorySigns(inventory, repositoryOf(backup)),
  ];
}
