import * as l10n from '@vscode/l10n';
import { CommandError } from '../commandError';
import { simple } from './command';
import { requireObject } from './pickObject';

/** Selects an object's line in the side bar. */
export const revealInTree = simple(async (app, { ref }) => {
  const target = await requireObject(app, ref, l10n.t('Reveal'));
  if (!(await app.views.reveal(target))) {
    throw new CommandError(l10n.t('{0} cannot be shown: no view has it. It may have been deleted, or the filter hides it.', target.name));
  }
});
