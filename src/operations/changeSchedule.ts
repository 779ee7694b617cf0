import * as l10n from '@vscode/l10n';
import { hasErrors } from '../kubeblocks/finding';
import type { KubeObject } from '../kubeblocks/objects';
import type { SchedulePlan } from '../kubeblocks/schedulePlan';
import { AppError } from './appError';
import { changeObject, tryChange } from './changeObject';
import { dryRun, type DryRunResult } from './dryRun';
import type { OperationDeps } from './ports';
import type { Submissions } from './submissions';

/** Asks the server whether it would take the planned change. */
export function trySchedule(deps: Pick<OperationDeps, 'api' | 'logger'>, { change }: SchedulePlan, signal?: AbortSignal): Promise<DryRunResult> {
  return change.kind === 'create' ? dryRun(deps, change.resource, change.object, signal) : tryChange(deps, change, signal);
}

/**
 * Makes the planned change, over the object as it is by then: what somebody else changed meanwhile stays. Doing it again
 * changes nothing more. Rejects with an `AppError`.
 */
export async function changeSchedule(deps: OperationDeps, submissions: Submissions, { change, findings }: SchedulePlan): Promise<KubeObject> {
  if (change.kind === 'edit') {
    return changeObject(deps, change, findings);
  }
  if (hasErrors(findings)) {
    const why = findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    throw new AppError('invalid', l10n.t('{0} {1} was not changed: {2}', change.resource.kind, change.object.metadata.name, why.join(' ')));
  }
  return (await submissions.submit(change.resource, change.object)).object;
}
