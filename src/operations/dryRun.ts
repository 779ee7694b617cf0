import * as l10n from '@vscode/l10n';
import type { AnyObject, KubeObject } from '../kubeblocks/objects';
import type { Resource } from '../kubeblocks/resource';
import type { AppError } from './appError';
import { explainApiError } from './explainApiError';
import type { OperationDeps } from './ports';

/** What the API server says of an object without storing it. */
export type DryRunResult =
  | { readonly accepted: true; readonly object: AnyObject; readonly warnings: readonly string[] }
  | { readonly accepted: false; readonly error: AppError };

export async function dryRun({ api }: Pick<OperationDeps, 'api'>, resource: Resource, object: KubeObject, signal?: AbortSignal): Promise<DryRunResult> {
  try {
    const written = await api.create<AnyObject>(resource, object as AnyObject, { dryRun: true, ...(signal === undefined ? {} : { signal }) });
    return { accepted: true, object: written.object, warnings: written.warnings };
  } catch (error) {
    const what = l10n.t('{0} {1} would not be accepted', resource.kind, object.metadata.name);
    return { accepted: false, error: explainApiError(error, what) };
  }
}
