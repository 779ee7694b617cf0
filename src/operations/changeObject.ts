import * as l10n from '@vscode/l10n';
import { hasErrors, type PlanFinding } from '../kubeblocks/finding';
import type { KubeObject } from '../kubeblocks/objects';
import type { Resource } from '../kubeblocks/resource';
import { AppError } from './appError';
import type { DryRunResult } from './dryRun';
import { editObject } from './editObject';
import { explainApiError } from './explainApiError';
import type { OperationDeps } from './ports';

/** A change of an object that exists. */
export interface ObjectChange {
  readonly resource: Resource;
  /** As it will be, as far as it is known here; shown, not sent. */
  readonly object: KubeObject;
  /** The merge patch over the object as it is now, whatever else somebody wrote meanwhile. */
  readonly patch: (live: KubeObject) => object;
}

/** Asks the server whether it would take a change. */
export async function tryChange(deps: Pick<OperationDeps, 'api' | 'logger'>, { resource, object, patch }: ObjectChange, signal?: AbortSignal): Promise<DryRunResult> {
  try {
    const written = await editObject(deps, resource, object, patch, { dryRun: true, ...(signal === undefined ? {} : { signal }) });
    return { accepted: true, object: written.object, warnings: written.warnings };
  } catch (error) {
    return { accepted: false, error: explainApiError(error, l10n.t('The change of {0} {1} would not be accepted', resource.kind, object.metadata.name)) };
  }
}

/** Makes a change; doing it again changes nothing more. Rejects with an `AppError`, also where a finding is an error. */
export async function changeObject(deps: Pick<OperationDeps, 'api' | 'logger'>, { resource, object, patch }: ObjectChange, findings: readonly PlanFinding[]): Promise<KubeObject> {
  const { kind } = resource;
  const { name } = object.metadata;
  if (hasErrors(findings)) {
    const why = findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    throw new AppError('invalid', l10n.t('{0} {1} was not changed: {2}', kind, name, why.join(' ')));
  }
  try {
    return (await editObject(deps, resource, object, patch)).object;
  } catch (error) {
    throw explainApiError(error, l10n.t('{0} {1} could not be changed', kind, name));
  }
}
