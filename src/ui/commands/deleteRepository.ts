import * as l10n from '@vscode/l10n';
import { objectKey } from '../../kubeblocks/inventory';
import { KINDS } from '../../kubeblocks/kinds';
import type { BackupRepo } from '../../kubeblocks/objects';
import { repositoryState } from '../../kubeblocks/repositoryState';
import { deleteRepository as remove } from '../../operations/deleteRepository';
import { explainApiError } from '../../operations/explainApiError';
import { Cancelled } from '../commandError';
import { simple } from './command';
import { confirmDeletion } from './confirmDeletion';
import { pickRepository, requireInventory } from './pickObject';
import { requireOperations } from './requireOperations';

/** Deletes a repository that holds nothing, after a question that names it and its context. */
export const deleteRepository = simple(async (app, { ref }) => {
  const { context } = await requireInventory(app, ['repos', 'policies']);
  app.contextRules.requireChangeable(context);
  const title = l10n.t('Delete Repository');
  const { name } = ref?.kind === 'backupRepo' ? ref : await pickRepository(app, title, (repo) => repositoryState(repo) !== 'deleting');
  const operations = requireOperations(app, context);
  const { inventory } = operations.session;
  const load = (): Promise<BackupRepo> =>
    operations.api.get<BackupRepo>(KINDS.backupRepo, name).catch((error: unknown) => {
      throw explainApiError(error, l10n.t('Repository {0} was not deleted', name));
    });
  const repo = inventory.repos.items.get(objectKey(undefined, name)) ?? (await load());
  const outcome = await app.contextRules.change(context, () =>
    remove(operations, inventory, repo, confirmDeletion(app, context, title)),
  );
  if (outcome === 'declined') {
    throw new Cancelled();
  }
});
