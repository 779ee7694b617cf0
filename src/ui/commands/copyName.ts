import * as l10n from '@vscode/l10n';
import { simple } from './command';
import { requireObject } from './pickObject';

/** Puts an object's name on the clipboard. */
export const copyName = simple(async (app, { ref }) => {
  const { name } = await requireObject(app, ref, l10n.t('Copy the name of'));
  await app.copy(name);
});
