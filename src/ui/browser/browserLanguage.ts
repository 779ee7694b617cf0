import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { startLanguage } from '../language/language';
import { createLog } from '../log';

/** The part of the extension that runs in a browser, where there is no kubeconfig and no cluster: manifests are judged by themselves and by their workspace. */
export function startInBrowser({ extensionUri, subscriptions }: vscode.ExtensionContext): void {
  if (vscode.l10n.bundle !== undefined) {
    l10n.config({ contents: vscode.l10n.bundle });
  }
  const logger = createLog();
  const language = startLanguage({
    extensionUri,
    logger,
    inventory: () => undefined,
    onDidChangeCluster: () => () => undefined,
    operations: () => undefined,
    canAct: false,
    onManifestInFront: () => undefined,
    time: () => ({ nowMs: Date.now(), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }),
  });
  subscriptions.push(language, logger);
}
