import * as l10n from '@vscode/l10n';
import { backupState } from '../../kubeblocks/backupState';
import { objectKey } from '../../kubeblocks/inventory';
import { deleteBackup } from '../../operations/deleteBackup';
import { loadBackup } from '../../operations/restore';
import { Cancelled } from '../commandError';
import { agreeToChange } from './agreeToChange';
import { simple } from './command';
import { pickBackup, requireInventory } from './pickObject';
import { requireOperations } from './requireOperations';

/** Deletes a backup set with its data, after a question that names it, its context and its namespace. */
export const deleteBackupSet = simple(async (app, { ref }) => {
  const { context } = await requireInventory(app, ['backups']);
  app.contextRules.requireChangeable(context);
  const target = ref?.kind === 'backup' ? ref : await pickBackup(app, l10n.t('Delete Backup Set'), (backup) => backupState(backup) !== 'deleting');
  const operations = requireOperations(app, context);
  const { inventory } = operations.session;
  const backup = inventory.backups.items.get(objectKey(target.namespace, target.name)) ?? (await loadBackup(operations, target.namespace, target.name));
  const outcome = await app.contextRules.change(context, () =>
    deleteBackup(operations, inventory, backup, {
      ask: async ({ message, detail, agree }) => {
        const confirmed = await app.prompts.confirm({ message, detail, accept: agree });
        return confirmed && (await agreeToChange(app, context, l10n.t('Delete Backup Set'))).kind === 'value';
      },
    }),
  );
  if (outcome.kind === 'declined') {
    throw new Cancelled();
  }
});
