import * as l10n from '@vscode/l10n';
import { CommandError } from '../commandError';
import { simple } from './command';

/** Starts the simulated cluster and looks at it. */
export const openPlayground = simple(async ({ playground, active, views }) => {
  active.requireTrust();
  await views.focus();
  await views.withProgress(l10n.t('Opening the playground'), async () => {
    try {
      await playground.open();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new CommandError(l10n.t('The playground could not be opened: {0}. The log has more.', why), { cause: error });
    }
    await active.reopen();
  });
});
