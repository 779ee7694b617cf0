import * as l10n from '@vscode/l10n';
import { KINDS } from '../kubeblocks/kinds';
import { ANNOTATIONS } from '../kubeblocks/labels';
import type { BackupRepo } from '../kubeblocks/objects';
import { isDefaultRepository } from '../kubeblocks/repositoryState';
import { secondDefaultProblem } from '../kubeblocks/repositoryPlan';
import { AppError } from './appError';
import { explainApiError } from './explainApiError';
import type { OperationDeps } from './ports';

/**
 * Makes a repository the default, or not any more. A second default is refused, by what the cluster has now. Rejects with an
 * `AppError`.
 */
export async function changeDefaultRepository({ api }: Pick<OperationDeps, 'api'>, name: string, isDefault: boolean): Promise<void> {
  const what = isDefault ? l10n.t('Repository {0} was not made the default', name) : l10n.t('Repository {0} is still the default', name);
  try {
    const other = isDefault ? await otherDefault(api, name) : undefined;
    if (other !== undefined) {
      throw new AppError('conflict', l10n.t('{0}: {1}', what, secondDefaultProblem(other)));
    }
    await api.patch(KINDS.backupRepo, name, undefined, { metadata: { annotations: { [ANNOTATIONS.defaultRepo]: isDefault ? 'true' : null } } });
  } catch (error) {
    throw explainApiError(error, what);
  }
}

async function otherDefault(api: OperationDeps['api'], name: string): Promise<string | undefined> {
  for await (const { items } of api.listPages<BackupRepo>(KINDS.backupRepo, undefined)) {
    const other = items.find((repo) => isDefaultRepository(repo) && repo.metadata.name !== name && repo.metadata.deletionTimestamp === undefined);
    if (other !== undefined) {
      return other.metadata.name;
    }
  }
  return undefined;
}
