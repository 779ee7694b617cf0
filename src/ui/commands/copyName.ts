import * as l10n from '@vscode/l10n';
import { simple } from './command';
import { requireAnyObject } from './pickObject';

/** Puts an object's name on the clipboard. */
export const copyName = simple(async (app, { ref }) => {
  const { name } = await requireAnyObject(app, ref, l10n.t('Copy the name of'));
  await app.copy(name);
});
