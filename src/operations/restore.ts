import * as l10n from '@vscode/l10n';
import { hasErrors } from '../kubeblocks/finding';
import { KINDS } from '../kubeblocks/kinds';
import type { AnyObject, Backup } from '../kubeblocks/objects';
import type { RestorePlan } from '../kubeblocks/restorePlan';
import { AppError } from './appError';
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
export function tryRestore(deps: Pick<OperationDeps, 'api'>, plan: RestorePlan, signal?: AbortSignal): Promise<DryRunResult> {
  return dryRun(deps, plan.resource, plan.object, signal);
}

/** Starts the planned restore, once however often it is asked for. Rejects with an `AppError`. */
export async function restore(submissions: Submissions, plan: RestorePlan): Promise<Submitted<AnyObject>> {
  if (hasErrors(plan.findings)) {
    const why = plan.findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    throw new AppError('invalid', l10n.t('The restore into {0} was not started: {1}', plan.target.name, why.join(' ')));
  }
  return submissions.submit(plan.resource, plan.object);
}
