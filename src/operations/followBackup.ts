import * as l10n from '@vscode/l10n';
import { backupState } from '../kubeblocks/backupState';
import type { BackupStep } from '../kubeblocks/backupSteps';
import { backupFailure, backupSteps, stepCount } from '../kubeblocks/backupSteps';
import { KINDS } from '../kubeblocks/kinds';
import type { Backup } from '../kubeblocks/objects';
import { isNotFound, isTransient } from './createOnce';
import { explainApiError } from './explainApiError';
import { poll, type FollowOptions } from './poll';
import type { OperationDeps } from './ports';
import { snapshotErrors, waitsForSnapshots } from './snapshotErrors';

export interface BackupProgress {
  readonly backup: Backup;
  readonly steps: readonly BackupStep[];
  /** For a progress line: `1 of 3 steps`, `waiting for KubeBlocks`. */
  readonly message: string;
}

export type BackupOutcome =
  | { readonly kind: 'completed'; readonly backup: Backup }
  | { readonly kind: 'failed'; readonly backup: Backup; readonly reason: string }
  /** It waits for a volume snapshot that fails; KubeBlocks 1.0 waits for ever. */
  | { readonly kind: 'stuck'; readonly backup: Backup; readonly reason: string }
  /** Somebody deleted it. */
  | { readonly kind: 'deleted' }
  /** The waiting was cancelled; the backup goes on. */
  | { readonly kind: 'stoppedWaiting' };

/** How often in a row a snapshot must be seen failing alike before the backup counts as stuck: the driver tries it again. */
const STUCK_LOOKS = 10;

/**
 * Waits until a backup has ended, or is known not to end. Cancelling stops the waiting, never the backup; a lost connection
 * is waited out. Rejects with an `AppError` when it may not be read (any more).
 */
export async function followBackup(deps: OperationDeps, created: Pick<Backup, 'metadata'>, options: FollowOptions<BackupProgress> = {}): Promise<BackupOutcome> {
  const { name } = created.metadata;
  const watcher = new BackupWatcher(deps, created, options);
  try {
    return await poll(deps, (signal) => watcher.look(signal), options);
  } catch (error) {
    if (isNotFound(error)) {
      return { kind: 'deleted' };
    }
    if (options.signal?.aborted === true) {
      return { kind: 'stoppedWaiting' };
    }
    throw explainApiError(error, l10n.t('Backup {0} could not be followed', name));
  }
}

class BackupWatcher {
  private complaint: string | undefined;
  private complaints = 0;

  constructor(
    private readonly deps: OperationDeps,
    private readonly created: Pick<Backup, 'metadata'>,
    private readonly options: FollowOptions<BackupProgress>,
  ) {}

  async look(signal: AbortSignal | undefined): Promise<BackupOutcome | undefined> {
    const { name, namespace, uid } = this.created.metadata;
    const backup = await this.deps.api.get<Backup>(KINDS.backup, name, namespace, signal === undefined ? {} : { signal });
    const outcome = outcomeOf(backup, uid);
    if (outcome !== undefined) {
      return outcome;
    }
    const complaint = waitsForSnapshots(backup) ? await this.snapshotComplaint(backup, signal) : undefined;
    this.complaints = complaint !== undefined && complaint === this.complaint ? this.complaints + 1 : 1;
    this.complaint = complaint;
    if (complaint !== undefined && this.complaints >= STUCK_LOOKS) {
      return { kind: 'stuck', backup, reason: complaint };
    }
    this.options.onProgress?.(progressOf(backup, complaint));
    return undefined;
  }

  /** Whoever may not read snapshots still learns how the backup ends. */
  private async snapshotComplaint(backup: Backup, signal: AbortSignal | undefined): Promise<string | undefined> {
    try {
      const [first] = await snapshotErrors(this.deps.api, backup, signal);
      return first === undefined ? undefined : l10n.t('volume snapshot {0} fails: {1}', first.name, first.error);
    } catch (error) {
      signal?.throwIfAborted();
      if (isTransient(error)) {
        throw error;
      }
      this.deps.logger.debug(`the volume snapshots of ${backup.metadata.name} could not be read: ${String(error)}`);
      return undefined;
    }
  }
}

function outcomeOf(backup: Backup, uid: string | undefined): BackupOutcome | undefined {
  if (uid !== undefined && backup.metadata.uid !== uid) {
    return { kind: 'deleted' };
  }
  switch (backupState(backup)) {
    case 'completed':
      return { kind: 'completed', backup };
    case 'failed':
      return { kind: 'failed', backup, reason: backupFailure(backup) ?? l10n.t('KubeBlocks gives no reason') };
    case 'deleting':
      return { kind: 'deleted' };
    case 'starting':
    case 'running':
      return undefined;
  }
}

function progressOf(backup: Backup, complaint: string | undefined): BackupProgress {
  const steps = backupSteps(backup);
  const { done, total } = stepCount(steps);
  const message = total === 0 ? l10n.t('waiting for KubeBlocks') : l10n.t('{0} of {1} steps done', done, total);
  return { backup, steps, message: complaint ?? message };
}
