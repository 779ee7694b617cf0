import * as l10n from '@vscode/l10n';
import { simple } from './command';
import { requireInventory, requireAnyObject } from './pickObject';

/** Shows an object in words. */
export const describe = simple(async (app, { ref }) => {
  const target = await requireAnyObject(app, ref, l10n.t('Describe'));
  const { context } = await requireInventory(app, []);
  await app.documents.show({ form: 'describe', context, ref: target });
});
