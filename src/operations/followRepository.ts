import * as l10n from '@vscode/l10n';
import { KINDS } from '../kubeblocks/kinds';
import type { BackupRepo, Condition } from '../kubeblocks/objects';
import { repositoryProblem, repositoryState } from '../kubeblocks/repositoryState';
import { isNotFound } from './createOnce';
import { explainApiError } from './explainApiError';
import { poll, type FollowOptions } from './poll';
import type { OperationDeps } from './ports';

export type RepositoryOutcome =
  | { readonly kind: 'ready'; readonly repo: BackupRepo }
  /** Its condition says why; the pre-check's log and events stand in its message. */
  | { readonly kind: 'failed'; readonly repo: BackupRepo }
  | { readonly kind: 'deleted' }
  /** The waiting was cancelled; the check goes on. */
  | { readonly kind: 'stoppedWaiting' };

export interface RepositoryProgress {
  /** For a progress line: what is being checked. */
  readonly message: string;
}

/** How often the result from before a change is seen again until it counts as the answer to the change. */
const STALE_LOOKS = 10;

/**
 * Waits until a repository's checks have ended. `before` is how it stood before it was changed: that result is no answer
 * until it has stayed for a while. Rejects with an `AppError` when it may not be read (any more).
 */
export async function followRepository(deps: OperationDeps, created: Pick<BackupRepo, 'metadata'>, options: FollowOptions<RepositoryProgress> & { readonly before?: BackupRepo } = {}): Promise<RepositoryOutcome> {
  const { name, uid } = created.metadata;
  const before = options.before === undefined ? undefined : checkKey(options.before);
  let stale = 0;
  const look = async (signal: AbortSignal | undefined): Promise<RepositoryOutcome | undefined> => {
    const repo = await deps.api.get<BackupRepo>(KINDS.backupRepo, name, undefined, signal === undefined ? {} : { signal });
    const outcome = outcomeOf(repo, uid);
    const isStale = (outcome?.kind === 'failed' || outcome?.kind === 'ready') && checkKey(repo) === before;
    if (isStale) {
      stale += 1;
    }
    if (outcome === undefined || (isStale && stale < STALE_LOOKS)) {
      options.onProgress?.({ message: progressOf(repo) });
      return undefined;
    }
    return outcome;
  };
  try {
    return await poll(deps, look, options);
  } catch (error) {
    if (isNotFound(error)) {
      return { kind: 'deleted' };
    }
    if (options.signal?.aborted === true) {
      return { kind: 'stoppedWaiting' };
    }
    throw explainApiError(error, l10n.t('Repository {0} could not be followed', name));
  }
}

/** Phase and conditions are separate writes: Failed without a condition that says so is not the end. */
function outcomeOf(repo: BackupRepo, uid: string | undefined): RepositoryOutcome | undefined {
  if (uid !== undefined && repo.metadata.uid !== uid) {
    return { kind: 'deleted' };
  }
  switch (repositoryState(repo)) {
    case 'ready':
      return { kind: 'ready', repo };
    case 'failed':
      return repositoryProblem(repo) === undefined ? undefined : { kind: 'failed', repo };
    case 'deleting':
      return { kind: 'deleted' };
    case 'checking':
      return undefined;
  }
}

/** Which check this is the result of. */
function checkKey(repo: BackupRepo): string {
  const { type, reason, lastTransitionTime } = repositoryProblem(repo) ?? repo.status?.conditions?.find((condition) => condition.type === 'PreCheckPassed') ?? {};
  return JSON.stringify([repositoryState(repo), type, reason, lastTransitionTime]);
}

function progressOf({ status }: BackupRepo): string {
  const failing = (condition: Condition): boolean => condition.type === 'PreCheckPassed' && condition.status === 'Unknown';
  return status?.conditions?.some(failing) === true ? l10n.t('writing to the storage, reading it back') : l10n.t('checking provider and settings');
}
