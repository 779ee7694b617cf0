import * as l10n from '@vscode/l10n';
import { backupState } from '../kubeblocks/backupState';
import type { BackupStep } from '../kubeblocks/backupSteps';
import { backupFailure, backupSteps, stepCount } from '../kubeblocks/backupSteps';
import { KINDS } from '../kubeblocks/kinds';
import type { Backup } from '../kubeblocks/objects';
import { isNotFound } from './createOnce';
import { explainApiError } from './explainApiError';
import { poll } from './poll';
import type { OperationDeps } from './ports';

export interface BackupProgress {
  readonly backup: Backup;
  readonly steps: readonly BackupStep[];
  /** For a progress line: `1 of 3 steps`, `waiting for KubeBlocks`. */
  readonly message: string;
}

export type BackupOutcome =
  | { readonly kind: 'completed'; readonly backup: Backup }
  | { readonly kind: 'failed'; readonly backup: Backup; readonly reason: string }
  /** Somebody deleted it. */
  | { readonly kind: 'deleted' }
  /** The waiting was cancelled; the backup goes on. */
  | { readonly kind: 'stoppedWaiting' };

export interface FollowBackupOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: BackupProgress) => void;
  readonly onConnection?: (connected: boolean) => void;
}

/**
 * Waits until a backup has ended. Cancelling stops the waiting, never the backup; a lost connection is waited out.
 * Rejects with an `AppError` when it may not be read (any more).
 */
export async function followBackup(deps: OperationDeps, created: Backup, options: FollowBackupOptions = {}): Promise<BackupOutcome> {
  const { name, namespace, uid } = created.metadata;
  try {
    return await poll(
      deps,
      async (signal) => {
        const backup = await deps.api.get<Backup>(KINDS.backup, name, namespace, signal === undefined ? {} : { signal });
        const outcome = outcomeOf(backup, uid);
        if (outcome === undefined) {
          options.onProgress?.(progressOf(backup));
        }
        return outcome;
      },
      options,
    );
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

function progressOf(backup: Backup): BackupProgress {
  const steps = backupSteps(backup);
  const { done, total } = stepCount(steps);
  const message = total === 0 ? l10n.t('waiting for KubeBlocks') : l10n.t('{0} of {1} steps done', done, total);
  return { backup, steps, message };
}
