import * as l10n from '@vscode/l10n';
import type { AnyObject } from '../kubeblocks/objects';
import { AppError } from './appError';
import { explainApiError } from './explainApiError';
import type { PlannedChange } from './planChanges';
import type { OperationDeps } from './ports';

export interface Applied {
  readonly change: PlannedChange;
  /** As it is stored now. */
  readonly object: AnyObject;
}

/**
 * Applies what was planned, in its order, and leaves out what would stay as it is. Applying again changes nothing, so that
 * whoever is left without an answer may try again. Rejects with an `AppError` that says what was applied before the failure.
 */
export async function applyChanges({ api, logger }: Pick<OperationDeps, 'api' | 'logger'>, changes: readonly PlannedChange[]): Promise<readonly Applied[]> {
  const applied: Applied[] = [];
  for (const change of changes.filter((each) => each.change !== 'none')) {
    const { resource, object, needsForce } = change;
    try {
      const written = await api.apply(resource, object, { force: needsForce });
      logger.info(`apply ${resource.kind} ${object.metadata.name}: ${change.change}`);
      applied.push({ change, object: written.object });
    } catch (error) {
      const done = applied.map((each) => `${each.change.resource.kind} ${each.object.metadata.name}`);
      throw afterOthers(explainApiError(error, l10n.t('{0} {1} could not be applied', resource.kind, object.metadata.name)), done);
    }
  }
  return applied;
}

/** The same failure, with what had been done before. */
export function afterOthers(failure: AppError, done: readonly string[]): AppError {
  if (done.length === 0) {
    return failure;
  }
  const { action, cause } = failure;
  return new AppError(failure.reason, l10n.t('{0} Done before that: {1}.', failure.message, done.join(', ')), { ...(action !== undefined && { action }), cause });
}
