import * as l10n from '@vscode/l10n';
import { simple } from './command';
import { hasTrouble, pickBackup, requireInventory } from './pickObject';

/** Shows why a backup set, a restore or a repository failed: causes first, then what was seen. */
export const diagnose = simple(async (app, { ref }) => {
  const target = ref ?? (await pickBackup(app, l10n.t('Diagnose'), hasTrouble));
  const { context } = await requireInventory(app, []);
  await app.documents.show({ form: 'diagnosis', context, ref: target });
});
