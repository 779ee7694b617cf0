import type * as vscode from 'vscode';
import { compose } from './compose';
import type { ExtensionInternals } from './ui/internals';

/** Called by VS Code with the first visible view or the first command. */
export function activate(context: vscode.ExtensionContext): ExtensionInternals | undefined {
  const { disposable, internals } = compose(context);
  context.subscriptions.push(disposable);
  return internals;
}
