import { hasErrors } from '../kubeblocks/finding';
import type { PolicyPlan } from '../kubeblocks/policyPlan';
import { SECRET } from '../kubeblocks/repositoryPlan';
import { AppError } from './appError';
import { changeObject, tryChange } from './changeObject';
import { isUnknownOutcome } from './createOnce';
import { withoutLeftover, withoutValues } from './createRepository';
import { dryRun, type DryRunResult } from './dryRun';
import type { OperationDeps } from './ports';
import type { Submissions } from './submissions';

/** Asks the server whether it would take the Secret, where there is one, and the change. */
export async function tryPolicy(deps: Pick<OperationDeps, 'api' | 'logger'>, { change, secret }: PolicyPlan, signal?: AbortSignal): Promise<DryRunResult> {
  const made = secret === undefined ? undefined : await dryRun(deps, SECRET, secret, signal);
  if (made?.accepted === false) {
    return { accepted: false, error: withoutValues(made.error, secret) };
  }
  const judged = await tryChange(deps, change, signal);
  return judged.accepted ? { ...judged, warnings: [...(made?.warnings ?? []), ...judged.warnings] } : { accepted: false, error: withoutValues(judged.error, secret) };
}

/**
 * Makes the Secret, once however often it is asked for, and changes the policy. A Secret whose policy is then refused is
 * removed again; where no answer comes it stays, and trying again finds it. Rejects with an `AppError` that holds no pass
 * phrase.
 */
export async function changePolicy(deps: OperationDeps, submissions: Submissions, { change, secret, findings }: PolicyPlan): Promise<void> {
  if (secret === undefined || hasErrors(findings)) {
    await changeObject(deps, change, findings);
    return;
  }
  const made = (
    await submissions.submit(SECRET, secret).catch((error: unknown) => {
      throw error instanceof AppError ? withoutValues(error, secret) : error;
    })
  ).object;
  try {
    await changeObject(deps, change, findings);
  } catch (error) {
    const isUnknown = error instanceof AppError && isUnknownOutcome(error.cause);
    const left = isUnknown ? error : await withoutLeftover(deps, made, error);
    throw left instanceof AppError ? withoutValues(left, secret) : left;
  }
}
