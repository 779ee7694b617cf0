import * as l10n from '@vscode/l10n';
import type { App } from '../app';
import { CommandError } from '../commandError';
import type { Operations } from '../connection/operations';

/**
 * The operations of the open session. After `requireInventory` there is one, unless it was closed since. `context` is where
 * the answers came from: what was asked of one cluster is not sent to another.
 */
export function requireOperations(app: App, context?: string): Operations {
  const operations = app.operations();
  if (operations === undefined) {
    throw new CommandError(l10n.t('The connection was closed meanwhile. Nothing was changed; start again.'));
  }
  const { inventory } = operations.session;
  if (context !== undefined && inventory.context !== context) {
    throw new CommandError(l10n.t('This was begun in {0}, but {1} is connected now. Nothing was changed; start again.', context, inventory.context));
  }
  return operations;
}
