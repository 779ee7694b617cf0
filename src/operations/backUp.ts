import * as l10n from '@vscode/l10n';
import type { BackupPlan } from '../kubeblocks/backupPlan';
import { hasErrors } from '../kubeblocks/finding';
import { KINDS } from '../kubeblocks/kinds';
import type { Backup } from '../kubeblocks/objects';
import { AppError } from './appError';
import type { DryRunResult } from './dryRun';
import { dryRun } from './dryRun';
import type { OperationDeps } from './ports';
import type { Submissions, Submitted } from './submissions';

/** Asks the server whether it would take the planned backup. */
export function tryBackup(deps: Pick<OperationDeps, 'api'>, plan: BackupPlan, signal?: AbortSignal): Promise<DryRunResult> {
  return dryRun(deps, KINDS.backup, plan.object, signal);
}

/** Creates the planned backup, once however often it is asked for. Rejects with an `AppError`. */
export async function backUp(submissions: Submissions, plan: BackupPlan): Promise<Submitted<Backup>> {
  if (hasErrors(plan.findings)) {
    const why = plan.findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    throw new AppError('invalid', l10n.t('Backup {0} was not created: {1}', plan.object.metadata.name, why.join(' ')));
  }
  return submissions.submit(KINDS.backup, plan.object);
}
