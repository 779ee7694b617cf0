import * as l10n from '@vscode/l10n';
import { hasErrors } from '../kubeblocks/finding';
import { SECRET, type RepositoryPlan } from '../kubeblocks/repositoryPlan';
import { AppError } from './appError';
import { withoutValues } from './createRepository';
import type { DryRunResult } from './dryRun';
import { explainApiError } from './explainApiError';
import type { OperationDeps } from './ports';

/** Asks the server whether it would take the new credentials. */
export async function tryRotation({ api }: Pick<OperationDeps, 'api'>, { secret }: RepositoryPlan, signal?: AbortSignal): Promise<DryRunResult> {
  const { name = '', namespace } = secret?.metadata ?? {};
  try {
    const { object, warnings } = await api.patch(SECRET, name, namespace, { stringData: secret?.stringData ?? {} }, { dryRun: true, ...(signal === undefined ? {} : { signal }) });
    return { accepted: true, object, warnings };
  } catch (error) {
    return { accepted: false, error: withoutValues(explainApiError(error, l10n.t('The change of Secret {0} would not be accepted', name)), secret) };
  }
}

/**
 * Writes new credentials into a repository's Secret, over those that were given alone; KubeBlocks then checks the repository
 * again by itself. Doing it again changes nothing more. Rejects with an `AppError` that holds no credential.
 */
export async function rotateCredentials({ api }: Pick<OperationDeps, 'api'>, { secret, repo, findings }: RepositoryPlan): Promise<void> {
  const what = l10n.t('The credentials of repository {0} were not changed', repo.metadata.name);
  if (hasErrors(findings)) {
    const why = findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    throw new AppError('invalid', l10n.t('{0}: {1}', what, why.join(' ')));
  }
  const { name = '', namespace } = secret?.metadata ?? {};
  try {
    await api.patch(SECRET, name, namespace, { stringData: secret?.stringData ?? {} });
  } catch (error) {
    throw withoutValues(explainApiError(error, what), secret);
  }
}
