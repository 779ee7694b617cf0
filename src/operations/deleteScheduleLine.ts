import * as l10n from '@vscode/l10n';
import { KINDS } from '../kubeblocks/kinds';
import type { LineDeletion } from '../kubeblocks/lineDeletion';
import type { BackupSchedule } from '../kubeblocks/objects';
import { AppError } from './appError';
import { changeObject } from './changeObject';
import { explainApiError } from './explainApiError';
import { poll, type PollOptions } from './poll';
import type { OperationDeps } from './ports';

/** How often in a row a schedule must be seen failed: the line may be what it failed by, and is off since a moment. */
const FAILED_LOOKS = 8;

/** Turns the line off: whatever happens afterwards, it makes no backup any more. Rejects with an `AppError`. */
export async function turnLineOff(deps: Pick<OperationDeps, 'api' | 'logger'>, { off, findings }: LineDeletion): Promise<number> {
  const { metadata } = await changeObject(deps, off, findings);
  return metadata.generation ?? 0;
}

/**
 * Waits until KubeBlocks has taken the line's CronJob and log away, and removes the line. `generation`: of the schedule with
 * the line off. Cancelling leaves the line there, off. Rejects with an `AppError`.
 */
export async function removeLine(deps: OperationDeps, { removal, line, findings }: LineDeletion, generation: number, options: PollOptions = {}): Promise<'removed' | 'stoppedWaiting'> {
  const { name, namespace } = removal.object.metadata;
  const what = l10n.t('Line {0} of schedule {1} is off, but was not removed', line, name);
  let failures = 0;
  try {
    await poll(
      deps,
      async (signal) => {
        const { status } = await deps.api.get<BackupSchedule>(KINDS.backupSchedule, name, namespace, signal === undefined ? {} : { signal });
        failures = status?.phase === 'Failed' ? failures + 1 : 0;
        if (failures >= FAILED_LOOKS) {
          throw new AppError('invalid', l10n.t('{0}: KubeBlocks cannot take the schedule ({1}). Mend that, and delete the line again.', what, status?.failureReason ?? ''));
        }
        return (status?.observedGeneration ?? 0) >= generation ? true : undefined;
      },
      options,
    );
  } catch (error) {
    if (options.signal?.aborted === true) {
      return 'stoppedWaiting';
    }
    throw error instanceof AppError ? error : explainApiError(error, what);
  }
  await changeObject(deps, removal, findings);
  return 'removed';
}
