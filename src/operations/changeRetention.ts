import * as l10n from '@vscode/l10n';
import { guard } from '../kubeblocks/guard';
import { hasErrors } from '../kubeblocks/finding';
import { KINDS } from '../kubeblocks/kinds';
import type { Backup } from '../kubeblocks/objects';
import { retentionPatches, type RetentionPlan } from '../kubeblocks/retentionPlan';
import { AppError } from './appError';
import type { DryRunResult } from './dryRun';
import { editObject } from './editObject';
import { explainApiError } from './explainApiError';
import type { OperationDeps } from './ports';

/** Asks the server whether it would take the planned change, of the status as well where that is needed. */
export async function tryRetention(deps: Pick<OperationDeps, 'api' | 'logger'>, plan: RetentionPlan, signal?: AbortSignal): Promise<DryRunResult> {
  try {
    const { object, warnings } = await write(deps, plan, { dryRun: true, ...(signal === undefined ? {} : { signal }) });
    return { accepted: true, object, warnings };
  } catch (error) {
    return { accepted: false, error: explainApiError(error, l10n.t('The change of backup {0} would not be accepted', plan.backup.metadata.name)) };
  }
}

/**
 * Makes the planned change. The expiration in the status comes first: it is what counts, and may be what one may not write.
 * Doing it again changes nothing more. Rejects with an `AppError`.
 */
export async function changeRetention(deps: Pick<OperationDeps, 'api' | 'logger'>, plan: RetentionPlan): Promise<void> {
  const { name } = plan.backup.metadata;
  const what = l10n.t('Backup {0} was not changed', name);
  if (hasErrors(plan.findings)) {
    const why = plan.findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    throw new AppError('invalid', l10n.t('{0}: {1}', what, why.join(' ')));
  }
  try {
    await write(deps, plan, {});
  } catch (error) {
    throw explainApiError(error, what);
  }
}

async function write(deps: Pick<OperationDeps, 'api' | 'logger'>, { backup, request }: RetentionPlan, options: { readonly dryRun?: boolean; readonly signal?: AbortSignal }): ReturnType<typeof editObject> {
  const ofStatus = (live: Backup): object => ({ ...guard(live), status: retentionPatches(live, request).status ?? {} });
  const ofSpec = (live: Backup): object => ({ ...guard(live), spec: retentionPatches(live, request).spec ?? {} });
  const known = await deps.api.get<Backup>(KINDS.backup, backup.metadata.name, backup.metadata.namespace, options.signal === undefined ? {} : { signal: options.signal });
  if (retentionPatches(known, request).status !== undefined) {
    await editObject(deps, KINDS.backup, backup, ofStatus, { ...options, subresource: 'status' });
  }
  return editObject(deps, KINDS.backup, backup, ofSpec, options);
}
