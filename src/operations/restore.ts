import * as l10n from '@vscode/l10n';
import { hasErrors } from '../kubeblocks/finding';
import { KINDS } from '../kubeblocks/kinds';
import type { AnyObject, Backup } from '../kubeblocks/objects';
import type { PlannedRestore } from '../kubeblocks/plannedRestore';
import { ApiError } from '../kubernetes/api';
import { AppError } from './appError';
import { isNotFound, SUBMISSION_ANNOTATION } from './createOnce';
import type { DryRunResult } from './dryRun';
import { dryRun } from './dryRun';
import { explainApiError } from './explainApiError';
import type { OperationDeps } from './ports';
import type { Submissions, Submitted } from './submissions';

/** The backup with everything a restore plan needs; the inventory keeps only what is shown. */
export async function loadBackup({ api }: Pick<OperationDeps, 'api'>, namespace: string | undefined, name: string, signal?: AbortSignal): Promise<Backup> {
  try {
    return await api.get<Backup>(KINDS.backup, name, namespace, signal === undefined ? {} : { signal });
  } catch (error) {
    throw explainApiError(error, l10n.t('Backup {0} could not be read', name));
  }
}

/** Asks the server whether it would take the planned restore. */
export function tryRestore(deps: Pick<OperationDeps, 'api'>, plan: PlannedRestore, signal?: AbortSignal): Promise<DryRunResult> {
  return dryRun(deps, plan.resource, plan.object, signal);
}

/**
 * Starts the planned restore, once however often it is asked for; with the hash of the plan, from however many windows.
 * Rejects with an `AppError`.
 */
export async function restore(submissions: Submissions, plan: PlannedRestore, hash?: string): Promise<Submitted<AnyObject>> {
  if (hasErrors(plan.findings)) {
    const why = plan.findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    throw new AppError('invalid', l10n.t('The restore into {0} was not started: {1}', plan.target.name, why.join(' ')));
  }
  return submissions.submit(plan.resource, plan.object, hash);
}

/** Whether this very plan was started already, here or elsewhere. Rejects with an `AppError`. */
export async function isStarted({ api }: Pick<OperationDeps, 'api'>, { resource, object, target }: PlannedRestore, hash: string, signal?: AbortSignal): Promise<boolean> {
  try {
    const { metadata } = await api.get(resource, object.metadata.name, object.metadata.namespace, signal === undefined ? {} : { signal });
    return metadata.annotations?.[SUBMISSION_ANNOTATION] === hash;
  } catch (error) {
    // Who may not read it learns it when it is to be created.
    if (isNotFound(error) || (error instanceof ApiError && error.details.status === 403)) {
      return false;
    }
    throw explainApiError(error, l10n.t('Whether the restore into {0} was started already could not be found out', target.name));
  }
}
