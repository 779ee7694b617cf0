import type { BackupPlan } from '../kubeblocks/backupPlan';
import type { AppError } from './appError';
import { backUp } from './backUp';
import { explainApiError } from './explainApiError';
import { followBackup, type BackupOutcome } from './followBackup';
import type { PollOptions } from './poll';
import type { OperationDeps } from './ports';
import type { Submissions } from './submissions';

/** How one of several backups ended. */
export type BatchOutcome = { readonly plan: BackupPlan } & (BackupOutcome | { readonly kind: 'notCreated'; readonly error: AppError } | { readonly kind: 'notStarted' });

export interface BatchOptions extends PollOptions {
  /** How many run together at most. */
  readonly limit: number;
  readonly onProgress?: (ended: number, running: readonly string[]) => void;
}

/**
 * Creates backups one after another, so that at most `limit` run together; the next begins when one has ended, well or not.
 * Cancelling begins no further one and leaves alone those that run. One that fails does not keep the others.
 */
export async function backUpSeveral(deps: OperationDeps, submissions: Submissions, plans: readonly BackupPlan[], options: BatchOptions): Promise<readonly BatchOutcome[]> {
  const outcomes = new Map<BackupPlan, BatchOutcome>();
  const waiting = [...plans];
  const running = new Set<string>();
  const report = (): void => options.onProgress?.(outcomes.size, [...running]);
  const lane = async (): Promise<void> => {
    for (let plan = waiting.shift(); plan !== undefined; plan = waiting.shift()) {
      if (options.signal?.aborted === true) {
        outcomes.set(plan, { plan, kind: 'notStarted' });
        continue;
      }
      const { name } = plan.object.metadata;
      running.add(name);
      report();
      outcomes.set(plan, await run(deps, submissions, plan, options));
      running.delete(name);
      report();
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(options.limit, plans.length)) }, lane));
  return plans.flatMap((plan) => outcomes.get(plan) ?? []);
}

async function run(deps: OperationDeps, submissions: Submissions, plan: BackupPlan, { signal, onConnection }: BatchOptions): Promise<BatchOutcome> {
  try {
    const { object } = await backUp(submissions, plan);
    const outcome = await followBackup(deps, object, { ...(signal === undefined ? {} : { signal }), ...(onConnection === undefined ? {} : { onConnection }) });
    return { plan, ...outcome };
  } catch (error) {
    return { plan, kind: 'notCreated', error: explainApiError(error, plan.object.metadata.name) };
  }
}
