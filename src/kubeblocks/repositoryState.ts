import * as l10n from '@vscode/l10n';
import { parseBytes } from './bytes';
import { groupBackups } from './backupGroups';
import type { Inventory } from './inventory';
import { isComplete } from './known';
import { ANNOTATIONS, LABELS } from './labels';
import { memoiseBy } from './memoise';
import type { Backup, BackupRepo, Condition } from './objects';

export type RepositoryState = 'ready' | 'checking' | 'failed' | 'deleting';

/** `status.phase`; an empty phase belongs to a repository that is still being checked. */
export function repositoryState(repo: BackupRepo): RepositoryState {
  if (repo.metadata.deletionTimestamp !== undefined) {
    return 'deleting';
  }
  switch (repo.status?.phase) {
    case 'Ready':
      return 'ready';
    case 'Failed':
      return 'failed';
    case 'Deleting':
      return 'deleting';
    default:
      return 'checking';
  }
}

export function isDefaultRepository(repo: BackupRepo): boolean {
  return repo.metadata.annotations?.[ANNOTATIONS.defaultRepo] === 'true';
}

/** In the order the controller works through them (`backuprepo_controller.go`). */
const CONDITIONS = ['StorageProviderReady', 'ParametersChecked', 'StorageClassCreated', 'PVCTemplateChecked', 'PreCheckPassed', 'DerivedObjectsDeleted'];

/** The first condition that keeps the repository from being ready; its message may hold the pre-check's whole log. */
export function repositoryProblem(repo: BackupRepo): Condition | undefined {
  if (repositoryState(repo) === 'ready') {
    return undefined;
  }
  const faults = (repo.status?.conditions ?? []).filter(({ status }) => status === 'False');
  return faults.sort((a, b) => CONDITIONS.indexOf(a.type) - CONDITIONS.indexOf(b.type))[0];
}

/** Which repository a backup without a choice of its own goes to: `getDefaultBackupRepo` of `controllers/dataprotection/utils.go`. */
export type DefaultRepository =
  | { readonly kind: 'one'; readonly repo: BackupRepo }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly repos: readonly BackupRepo[] }
  | { readonly kind: 'unknown' };

export function defaultRepository(inventory: Inventory): DefaultRepository {
  const repos = [...inventory.repos.items.values()].filter((repo) => isDefaultRepository(repo) && repo.status?.phase === 'Ready');
  const [repo, ...others] = repos;
  if (repo === undefined) {
    return { kind: isComplete(inventory.repos) ? 'none' : 'unknown' };
  }
  return others.length === 0 ? { kind: 'one', repo } : { kind: 'several', repos };
}

export interface RepositoryUse {
  readonly backups: number;
  /** Sum of the sizes that completed backups report. */
  readonly bytes: number;
}

type Use = ReadonlyMap<string, RepositoryUse>;

const useByRepo: (items: ReadonlyMap<string, Backup>) => Use = memoiseBy(
  (items) => [items],
  (items) => summed([...groupBackups(items).values()].map(({ backups }) => useOfGroup(backups))),
);

/** A group that did not change is not added up again. */
const useOfGroup: (backups: readonly Backup[]) => Use = memoiseBy(
  (backups) => [backups],
  (backups) => summed(backups.flatMap((backup) => useOfBackup(backup) ?? [])),
);

function useOfBackup(backup: Backup): Use | undefined {
  const name = repositoryOf(backup);
  return name === undefined ? undefined : new Map([[name, { backups: 1, bytes: parseBytes(backup.status?.totalSize) ?? 0 }]]);
}

function summed(uses: readonly Use[]): Use {
  const sum = new Map<string, RepositoryUse>();
  for (const [name, { backups, bytes }] of uses.flatMap((use) => [...use])) {
    const before = sum.get(name);
    sum.set(name, { backups: (before?.backups ?? 0) + backups, bytes: (before?.bytes ?? 0) + bytes });
  }
  return sum;
}

export function repositoryOf(backup: Backup): string | undefined {
  return backup.status?.backupRepoName ?? backup.metadata.labels?.[LABELS.backupRepo];
}

export function repositoryUse(inventory: Inventory, name: string): RepositoryUse {
  return useByRepo(inventory.backups.items).get(name) ?? { backups: 0, bytes: 0 };
}

export function repositoryStateWords(repo: BackupRepo): string {
  return repositoryStateWordsOf(repositoryState(repo));
}

export function repositoryStateWordsOf(state: RepositoryState): string {
  switch (state) {
    case 'ready':
      return l10n.t('ready');
    case 'checking':
      return l10n.t('being checked');
    case 'failed':
      return l10n.t('failed');
    case 'deleting':
      return l10n.t('being deleted');
  }
}
