import * as l10n from '@vscode/l10n';
import { hasErrors } from '../kubeblocks/finding';
import type { KubeObject } from '../kubeblocks/objects';
import type { ScheduleChange, SchedulePlan } from '../kubeblocks/schedulePlan';
import { ApiError } from '../kubernetes/api';
import { AppError } from './appError';
import { dryRun, type DryRunResult } from './dryRun';
import { explainApiError } from './explainApiError';
import type { OperationDeps } from './ports';
import type { Submissions } from './submissions';

/** Controllers write the same objects; each conflict is one of theirs. */
const ATTEMPTS = 4;

type Edit = Extract<ScheduleChange, { readonly kind: 'edit' }>;

/** Asks the server whether it would take the planned change. */
export async function trySchedule(deps: Pick<OperationDeps, 'api' | 'logger'>, { change }: SchedulePlan, signal?: AbortSignal): Promise<DryRunResult> {
  if (change.kind === 'create') {
    return dryRun(deps, change.resource, change.object, signal);
  }
  try {
    const { object, warnings } = await write(deps, change, { dryRun: true, ...(signal === undefined ? {} : { signal }) });
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
    return (await write(deps, change, {})).object;
  } catch (error) {
    throw explainApiError(error, l10n.t('{0} {1} could not be changed', kind, name));
  }
}

interface EditOptions {
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
}

async function write(deps: Pick<OperationDeps, 'api' | 'logger'>, edit: Edit, options: EditOptions): ReturnType<OperationDeps['api']['patch']> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await writeOnce(deps, edit, options);
    } catch (error) {
      if (!isConflict(error) || attempt === ATTEMPTS) {
        throw error;
      }
      deps.logger.info(`change ${edit.resource.kind} ${edit.object.metadata.name}: it was written meanwhile, trying again (${attempt} of ${ATTEMPTS})`);
    }
  }
}

async function writeOnce({ api }: Pick<OperationDeps, 'api'>, { resource, object, patch }: Edit, options: EditOptions): ReturnType<OperationDeps['api']['patch']> {
  const { name, namespace } = object.metadata;
  const live = await api.get(resource, name, namespace, options.signal === undefined ? {} : { signal: options.signal });
  return api.patch(resource, name, namespace, patch(live), options);
}

function isConflict(error: unknown): boolean {
  return error instanceof ApiError && error.details.status === 409;
}
