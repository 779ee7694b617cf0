import * as l10n from '@vscode/l10n';
import { backupState } from '../../kubeblocks/backupState';
import { objectKey } from '../../kubeblocks/inventory';
import { deleteBackup } from '../../operations/deleteBackup';
import { loadBackup } from '../../operations/restore';
import { Cancelled } from '../commandError';
import type { Command } from './command';
import { confirmDeletion } from './confirmDeletion';
import { followDeletion } from './followDeletion';
import { pickBackup, requireInventory } from './pickObject';
import { requireOperations } from './requireOperations';

/** Deletes a backup set with its data, after a question that names it, its context and its namespace, and what is lost. */
export const deleteBackupSet: Command = async (app, { ref }) => {
  const { context } = await requireInventory(app, ['backups']);
  app.contextRules.requireChangeable(context);
  const title = l10n.t('Delete Backup Set');
  const target = ref?.kind === 'backup' ? ref : await pickBackup(app, title, (backup) => backupState(backup) !== 'deleting');
  const operations = requireOperations(app, context);
  const { inventory } = operations.session;
  const backup = inventory.backups.items.get(objectKey(target.namespace, target.name)) ?? (await loadBackup(operations, target.namespace, target.name));
  const outcome = await app.contextRules.change(context, () => deleteBackup(operations, inventory, backup, { confirm: confirmDeletion(app, context, title), time: app.time() }));
  if (outcome.kind === 'declined') {
    throw new Cancelled();
  }
  return followDeletion(app, operations, [backup]);
};
