import * as l10n from '@vscode/l10n';
import type { App } from '../app';
import { CommandError } from '../commandError';
import type { Operations } from '../connection/operations';

/** The operations of the open session. After `requireInventory` there is one, unless it was closed since. */
export function requireOperations(app: App): Operations {
  const operations = app.operations();
  if (operations === undefined) {
    throw new CommandError(l10n.t('The connection was closed meanwhile. Nothing was changed; start again.'));
  }
  return operations;
}
