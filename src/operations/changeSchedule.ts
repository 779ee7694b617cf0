import * as l10n from '@vscode/l10n';
import { hasErrors } from '../kubeblocks/finding';
import type { KubeObject } from '../kubeblocks/objects';
import type { SchedulePlan } from '../kubeblocks/schedulePlan';
import { AppError } from './appError';
import { dryRun, type DryRunResult } from './dryRun';
import { editObject } from './editObject';
import { explainApiError } from './explainApiError';
import type { OperationDeps } from './ports';
import type { Submissions } from './submissions';

/** Asks the server whether it would take the planned change. */
export async function trySchedule(deps: Pick<OperationDeps, 'api' | 'logger'>, { change }: SchedulePlan, signal?: AbortSignal): Promise<DryRunResult> {
  if (change.kind === 'create') {
    return dryRun(deps, change.resource, change.object, signal);
  }
  try {
    const { object, warnings } = await editObject(deps, change.resource, change.object, change.patch, { dryRun: true, ...(signal === undefined ? {} : { signal }) });
    return { accepted: true, object, warnings };
  } catch (error) {
    return { accepted: false, error: explainApiError(error, l10n.t('The change of {0} {1} would not be accepted', change.resource.kind, change.object.metadata.name)) };
  }
}

/**
 * Makes the planned change, over the object as it is by then: what somebody else changed meanwhile stays. Doing it again
 * changes nothing more. Rejects with an `AppError`.
 */
export async function changeSchedule(deps: OperationDeps, submissions: Submissions, { change, findings }: SchedulePlan): Promise<KubeObject> {
  const { kind } = change.resource;
  const { name } = change.object.metadata;
  if (hasErrors(findings)) {
    const why = findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    throw new AppError('invalid', l10n.t('{0} {1} was not changed: {2}', kind, name, why.join(' ')));
  }
  if (change.kind === 'create') {
    return (await submissions.submit(change.resource, change.object)).object;
  }
  try {
    return (await editObject(deps, change.resource, change.object, change.patch)).object;
  } catch (error) {
    throw explainApiError(error, l10n.t('{0} {1} could not be changed', kind, name));
  }
}
