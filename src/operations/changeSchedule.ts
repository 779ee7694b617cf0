import * as l10n from '@vscode/l10n';
import { hasErrors } from '../kubeblocks/finding';
import type { KubeObject } from '../kubeblocks/objects';
import type { SchedulePlan } from '../kubeblocks/schedulePlan';
import { AppError } from './appError';
import { changeObject, tryChange, type ObjectChange } from './changeObject';
import { dryRun, type DryRunResult } from './dryRun';
import type { OperationDeps } from './ports';
import type { Submissions } from './submissions';

/** Asks the server whether it would take the planned changes. */
export async function trySchedule(deps: Pick<OperationDeps, 'api' | 'logger'>, { change, before }: SchedulePlan, signal?: AbortSignal): Promise<DryRunResult> {
  const first = before === undefined ? undefined : await tryChange(deps, before, signal);
  if (first?.accepted === false) {
    return first;
  }
  const judged = await tryMain(deps, change, signal);
  return judged.accepted && first !== undefined ? { ...judged, warnings: [...first.warnings, ...judged.warnings] } : judged;
}

function tryMain(deps: Pick<OperationDeps, 'api' | 'logger'>, change: SchedulePlan['change'], signal: AbortSignal | undefined): Promise<DryRunResult> {
  return change.kind === 'create' ? dryRun(deps, change.resource, change.object, signal) : tryChange(deps, change, signal);
}

/**
 * Makes the planned change, over the object as it is by then: what somebody else changed meanwhile stays. Doing it again
 * changes nothing more. Rejects with an `AppError`, which says so where the first of two changes is made and the second is not.
 */
export async function changeSchedule(deps: OperationDeps, submissions: Submissions, { change, before, findings }: SchedulePlan): Promise<KubeObject> {
  if (change.kind === 'edit') {
    if (before !== undefined) {
      await changeObject(deps, before, findings);
    }
    return changeObject(deps, change, findings).catch((error: unknown) => {
      throw before !== undefined && error instanceof AppError ? withFirstMade(error, before) : error;
    });
  }
  if (hasErrors(findings)) {
    const why = findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    throw new AppError('invalid', l10n.t('{0} {1} was not changed: {2}', change.resource.kind, change.object.metadata.name, why.join(' ')));
  }
  return (await submissions.submit(change.resource, change.object)).object;
}

function withFirstMade(error: AppError, { resource, object }: ObjectChange): AppError {
  const message = l10n.t('{0} {1} {2} has its starting deadline and parameters already; trying again does the rest.', error.message, resource.kind, object.metadata.name);
  return new AppError(error.reason, message, { ...(error.action === undefined ? {} : { action: error.action }), cause: error.cause });
}
