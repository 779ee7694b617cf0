import * as l10n from '@vscode/l10n';
import { simple } from './command';
import { pickBackup, requireInventory } from './pickObject';

/** Shows where a backup set comes from, what builds on it, and what goes with it when it is deleted. */
export const showLineage = simple(async (app, { ref }) => {
  const target = ref?.kind === 'backup' ? ref : await pickBackup(app, l10n.t('Lineage of'), () => true);
  const { context } = await requireInventory(app, []);
  await app.documents.show({ form: 'lineage', context, ref: target });
});
