import * as l10n from '@vscode/l10n';
import { backupRequest, requestResource } from '../kubeblocks/backupRequest';
import type { BackupPlan } from '../kubeblocks/backupPlan';
import { hasErrors } from '../kubeblocks/finding';
import { KINDS, type KubeBlocksLine } from '../kubeblocks/kinds';
import type { Backup, OpsRequest } from '../kubeblocks/objects';
import { opsFailure } from '../kubeblocks/restoreState';
import { AppError } from './appError';
import { isNotFound } from './createOnce';
import { dryRun, type DryRunResult } from './dryRun';
import { explainApiError } from './explainApiError';
import { poll, type PollOptions } from './poll';
import type { OperationDeps } from './ports';
import type { Submissions } from './submissions';

/** Asks the server whether it would take the request for a backup. */
export function tryRequest(deps: Pick<OperationDeps, 'api'>, line: KubeBlocksLine | undefined, plan: BackupPlan, signal?: AbortSignal): Promise<DryRunResult> {
  const { resource, object } = backupRequest(line, plan);
  return dryRun(deps, resource, object, signal);
}

/** Asks KubeBlocks for the planned backup, once however often it is called. Rejects with an `AppError`. */
export async function requestBackup(submissions: Submissions, line: KubeBlocksLine | undefined, plan: BackupPlan): Promise<OpsRequest> {
  const { resource, object } = backupRequest(line, plan);
  if (hasErrors(plan.findings)) {
    const why = plan.findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    throw new AppError('invalid', l10n.t('Backup {0} was not created: {1}', object.metadata.name, why.join(' ')));
  }
  return (await submissions.submit(resource, object)).object;
}

/** How often a request is looked at before it counts as one that KubeBlocks keeps in Creating for ever. */
const LOOKS = 20;

/** Waits until KubeBlocks has made the Backup of a request; undefined where the waiting was cancelled. Rejects with an `AppError`. */
export async function untilBackupMade(deps: OperationDeps, line: KubeBlocksLine | undefined, { metadata: { name, namespace } }: OpsRequest, options: PollOptions = {}): Promise<Backup | undefined> {
  const { api } = deps;
  const what = l10n.t('OpsRequest {0} made no backup', name);
  const resource = requestResource(line);
  let looks = 0;
  const look = async (signal?: AbortSignal): Promise<Backup | undefined> => {
    const request = signal === undefined ? {} : { signal };
    try {
      return await api.get<Backup>(KINDS.backup, name, namespace, request);
    } catch (error) {
      if (!isNotFound(error)) {
        throw error;
      }
    }
    const ops = await api.get<OpsRequest>(resource, name, namespace, request);
    const phase = ops.status?.phase ?? '';
    looks += 1;
    if (phase === 'Failed' || phase === 'Cancelled' || phase === 'Aborted') {
      throw new AppError('invalid', l10n.t('{0}: {1}', what, opsFailure(ops) ?? l10n.t('KubeBlocks gives no reason')));
    }
    if (looks >= LOOKS) {
      throw new AppError('invalid', l10n.t('{0}: it is still {1}. KubeBlocks leaves a request there that it cannot carry out; look at its events.', what, phase === '' ? l10n.t('without a phase') : phase));
    }
    return undefined;
  };
  try {
    return await poll(deps, look, options);
  } catch (error) {
    if (options.signal?.aborted === true) {
      return undefined;
    }
    throw error instanceof AppError ? error : explainApiError(error, what);
  }
}
