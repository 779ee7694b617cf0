import * as l10n from '@vscode/l10n';
import { parseBytes } from './bytes';
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

const useByRepo: (inventory: Inventory) => ReadonlyMap<string, RepositoryUse> = memoiseBy(
  ({ backups }) => [backups],
  ({ backups }) => {
    const use = new Map<string, RepositoryUse>();
    for (const backup of backups.items.values()) {
      const name = repositoryOf(backup);
      if (name !== undefined) {
        const before = use.get(name) ?? { backups: 0, bytes: 0 };
        use.set(name, { backups: before.backups + 1, bytes: before.bytes + (parseBytes(backup.status?.totalSize) ?? 0) });
      }
    }
    return use;
  },
);

export function repositoryOf(backup: Backup): string | undefined {
  return backup.status?.backupRepoName ?? backup.metadata.labels?.[LABELS.backupRepo];
}

export function repositoryUse(inventory: Inventory, name: string): RepositoryUse {
  return useByRepo(inventory).get(name) ?? { backups: 0, bytes: 0 };
}

export function repositoryStateWords(repo: BackupRepo): string {
  switch (repositoryState(repo)) {
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
