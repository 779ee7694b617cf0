import * as l10n from '@vscode/l10n';
import type { Inventory } from '../kubeblocks/inventory';
import { isComplete } from '../kubeblocks/known';
import { KINDS } from '../kubeblocks/kinds';
import { LABELS } from '../kubeblocks/labels';
import type { Backup, BackupRepo } from '../kubeblocks/objects';
import { isDefaultRepository, repositoryOf } from '../kubeblocks/repositoryState';
import { AppError } from './appError';
import { isNotFound } from './createOnce';
import { explainApiError } from './explainApiError';
import type { Confirm, OperationDeps } from './ports';

export type DeleteRepositoryOutcome = 'deleting' | 'declined';

/** How many names are said before the rest is counted. */
const SHOWN = 3;

/**
 * Deletes a repository, after asking. One that backups are in would hang in Deleting until the last of them is gone
 * (`HaveAssociatedBackups`), so it is refused with their names. Rejects with an `AppError`.
 */
export async function deleteRepository({ api, logger }: Pick<OperationDeps, 'api' | 'logger'>, inventory: Inventory, repo: BackupRepo, confirm: Confirm): Promise<DeleteRepositoryOutcome> {
  const { name, uid } = repo.metadata;
  const what = l10n.t('Repository {0} was not deleted', name);
  try {
    const held = await backupsIn(api, name);
    if (held.length > 0) {
      throw new AppError('conflict', heldProblem(what, held));
    }
    if (!(await confirm.ask(questionFor(inventory, repo)))) {
      return 'declined';
    }
    await api.delete(KINDS.backupRepo, name, undefined, uid === undefined ? {} : { uid });
  } catch (error) {
    if (!isNotFound(error)) {
      throw explainApiError(error, what);
    }
    logger.info(`delete BackupRepo ${name}: it was gone already`);
  }
  return 'deleting';
}

/** Asked of the cluster: the controller counts them by this label, in every namespace. */
async function backupsIn(api: OperationDeps['api'], name: string): Promise<readonly Backup[]> {
  const found: Backup[] = [];
  for await (const { items } of api.listPages<Backup>(KINDS.backup, undefined, { labelSelector: `${LABELS.backupRepo}=${name}` })) {
    found.push(...items.filter((backup) => repositoryOf(backup) === name));
  }
  return found;
}

function heldProblem(what: string, held: readonly Backup[]): string {
  const names = held.slice(0, SHOWN).map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`);
  const more = held.length - names.length;
  const all = more === 0 ? names.join(', ') : l10n.t('{0} and {1} more', names.join(', '), more);
  return l10n.t('{0}: backups are in it ({1}), and KubeBlocks would keep it in Deleting until the last of them is gone. Delete them first.', what, all);
}

function questionFor(inventory: Inventory, repo: BackupRepo): { message: string; detail: string; agree: string } {
  const { name } = repo.metadata;
  const policies = [...inventory.policies.items.values()].filter(({ spec }) => spec?.backupRepoName === name).map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`);
  const detail = [
    l10n.t('Context {0}, the whole cluster. No backup is in it. What lies in the storage itself is not touched; its volumes and the Secret made with it go.', inventory.context),
    ...(policies.length === 0 ? [] : [l10n.t('These policies name it, and their backups fail from then on: {0}.', policies.join(', '))]),
    ...(isComplete(inventory.policies) ? [] : [l10n.t('Not all policies could be read, so that others may name it.')]),
    ...(isDefaultRepository(repo) ? [l10n.t('It is the default: backups that name no repository fail until another one is.')] : []),
  ];
  return { message: l10n.t('Delete repository {0}?', name), detail: detail.join('\n\n'), agree: l10n.t('Delete') };
}
