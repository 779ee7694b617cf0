import * as l10n from '@vscode/l10n';
import { guard } from '../kubeblocks/guard';
import { KINDS } from '../kubeblocks/kinds';
import { ANNOTATIONS } from '../kubeblocks/labels';
import type { BackupSchedule, KubeObject } from '../kubeblocks/objects';
import { AppError } from './appError';
import type { ObjectChange } from './changeObject';
import { explainApiError } from './explainApiError';
import { poll, type PollOptions } from './poll';
import type { OperationDeps } from './ports';

/** Has the controllers of Cluster and BackupSchedule look at the schedule: they write it, and its CronJobs, as it should be. */
export function rewriteOf(schedule: BackupSchedule, mark: string): ObjectChange {
  const annotations = { [ANNOTATIONS.reconcile]: mark };
  return {
    resource: KINDS.backupSchedule,
    object: { ...schedule, metadata: { ...schedule.metadata, annotations: { ...schedule.metadata.annotations, ...annotations } } },
    patch: (live: KubeObject) => ({ ...guard(live), metadata: { ...(guard(live) as Pick<KubeObject, 'metadata'>).metadata, annotations } }),
  };
}

/** How often in a row nothing may be better before nobody is taken to be at work. */
const LOOKS = 12;

/** Waits until `isMended`, or until it is clear that no controller is at work. Rejects with an `AppError`. */
export async function untilRewritten(deps: OperationDeps, schedule: BackupSchedule, isMended: (signal?: AbortSignal) => Promise<boolean>, options: PollOptions = {}): Promise<'mended' | 'stoppedWaiting'> {
  const what = l10n.t('Schedule {0} is still not as it should be', schedule.metadata.name);
  let looks = 0;
  try {
    return await poll(
      deps,
      async (signal) => {
        if (await isMended(signal)) {
          return 'mended' as const;
        }
        looks += 1;
        if (looks >= LOOKS) {
          throw new AppError('invalid', l10n.t('{0}: KubeBlocks took no notice of it. Look whether its controllers run.', what));
        }
        return undefined;
      },
      options,
    );
  } catch (error) {
    if (options.signal?.aborted === true) {
      return 'stoppedWaiting';
    }
    throw error instanceof AppError ? error : explainApiError(error, what);
  }
}
