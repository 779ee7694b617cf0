import * as vscode from 'vscode';
import type { Inventory } from '../../kubeblocks/inventory';
import type { Logger } from '../../operations/ports';
import { isYaml, mentionsKubeBlocks } from '../../manifest/session/manifestText';

export interface LanguageDeps {
  /** Holds `schemas/`. */
  readonly extensionUri: vscode.Uri;
  readonly logger: Logger;
  /** The connected cluster, if one is; nothing here connects. */
  readonly inventory: () => Inventory | undefined;
  readonly time: () => { readonly nowMs: number; readonly timeZone: string };
  /** Returns how to stop listening. */
  readonly onDidChangeCluster: (listener: () => void) => () => void;
}

/** Waits for the first open YAML text that speaks of KubeBlocks; only then is the language half loaded. */
export function startLanguage(deps: LanguageDeps): vscode.Disposable {
  const waiting: vscode.Disposable[] = [];
  let features: vscode.Disposable | undefined;
  let isOver = false;
  const stopWaiting = (): void => waiting.splice(0).forEach((each) => void each.dispose());
  const look = (document: vscode.TextDocument): void => {
    if (waiting.length === 0 || !isYaml(document) || !mentionsKubeBlocks(document.getText())) return;
    stopWaiting();
    import('./languageFeatures.js').then(
      ({ createLanguageFeatures }) => {
        if (!isOver) features = createLanguageFeatures(deps);
      },
      (error: unknown) => deps.logger.error(`The language half cannot be loaded: ${error instanceof Error ? error.message : String(error)}`),
    );
  };
  waiting.push(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) look(document);
    }),
  );
  vscode.workspace.textDocuments.forEach(look);
  return new vscode.Disposable(() => {
    isOver = true;
    stopWaiting();
    features?.dispose();
  });
}
