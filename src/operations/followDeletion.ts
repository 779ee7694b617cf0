import * as l10n from '@vscode/l10n';
import { KINDS } from '../kubeblocks/kinds';
import type { Backup } from '../kubeblocks/objects';
import { redactText } from '../kubeblocks/redact';
import { isNotFound, isTransient } from './createOnce';
import { explainApiError } from './explainApiError';
import { eventsOf } from './objectEvents';
import { poll, type FollowOptions } from './poll';
import type { OperationDeps } from './ports';

export type DeletionOutcome =
  | { readonly kind: 'gone' }
  /** It stays in Deleting, as far as can be seen for ever. */
  | { readonly kind: 'hangs'; readonly reason: string }
  | { readonly kind: 'stoppedWaiting' };

/** How often it must be seen without any word from its controller: five seconds each, so a minute or so. */
const SILENT_LOOKS = 15;

/**
 * Waits until a backup that is being deleted is gone, or is known to hang. What KubeBlocks says of a deletion that failed
 * stands in the status or in an event; where nothing is said, its finalizer waits for a controller that does not run.
 * Cancelling stops the waiting. Rejects with an `AppError` when it may not be read (any more).
 */
export async function followDeletion(deps: OperationDeps, { metadata: { name, namespace, uid } }: Pick<Backup, 'metadata'>, options: FollowOptions<never> = {}): Promise<DeletionOutcome> {
  let silent = 0;
  const look = async (signal?: AbortSignal): Promise<DeletionOutcome | undefined> => {
    const backup = await deps.api.get<Backup>(KINDS.backup, name, namespace, signal === undefined ? {} : { signal });
    if (uid !== undefined && backup.metadata.uid !== uid) {
      return { kind: 'gone' };
    }
    const reason = await complaintAbout(deps, backup, signal);
    if (reason !== undefined) {
      return { kind: 'hangs', reason };
    }
    silent += 1;
    return silent < SILENT_LOOKS ? undefined : { kind: 'hangs', reason: silenceWords(backup) };
  };
  try {
    return await poll(deps, look, options);
  } catch (error) {
    if (isNotFound(error)) {
      return { kind: 'gone' };
    }
    if (options.signal?.aborted === true) {
      return { kind: 'stoppedWaiting' };
    }
    throw explainApiError(error, l10n.t('The deletion of backup {0} could not be followed', name));
  }
}

/** 1.2 has a field of its own; before, the failure of a deletion stands where that of the backup stood. */
const DELETION_FAILURE = /deletion backup files job|failed to delete|delete backup files/i;

async function complaintAbout(deps: OperationDeps, backup: Backup, signal: AbortSignal | undefined): Promise<string | undefined> {
  const { deletionFailureReason, failureReason = '' } = backup.status ?? {};
  const told = deletionFailureReason ?? (DELETION_FAILURE.test(failureReason) ? failureReason : undefined);
  if (told !== undefined && told !== '') {
    return jobWords(redactText(told));
  }
  if (backup.spec?.deletionPolicy === 'Retain') {
    return l10n.t('it is marked to be retained, and KubeBlocks stops half way. Change its deletion policy to Delete');
  }
  try {
    const events = await eventsOf(deps.api, { kind: 'Backup', name: backup.metadata.name, namespace: backup.metadata.namespace }, signal === undefined ? {} : { signal });
    const failed = events.findLast(({ reason, at }) => reason === 'DeleteBackupFilesFailed' && at >= Date.parse(backup.metadata.deletionTimestamp ?? ''));
    return failed === undefined ? undefined : jobWords(redactText(failed.message));
  } catch (error) {
    signal?.throwIfAborted();
    if (isTransient(error)) {
      throw error;
    }
    deps.logger.debug(`the events of ${backup.metadata.name} could not be read: ${String(error)}`);
    return undefined;
  }
}

function jobWords(text: string): string {
  return l10n.t('its files could not be deleted: {0}. Mend the storage and delete that Job: KubeBlocks then tries again', text.replace(/[.\s]+$/, ''));
}

function silenceWords({ metadata: { finalizers = [] } }: Backup): string {
  return l10n.t('nothing is heard of its deletion; finalizer {0} keeps it. Look whether KubeBlocks’ dataprotection controller runs, and for a delete Job that does not start', finalizers.join(', '));
}
