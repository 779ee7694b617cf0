import * as vscode from 'vscode';
import type * as browserLanguage from './browserLanguage';
import { loadParts } from './browserParts';
import { isBlank, isYaml, mentionsKubeBlocks } from '../../manifest/session/manifestText';

/** The files of `dist/` that the language half is made of; put here when the extension is bundled. */
declare const PARTS: readonly string[];

/** Called by VS Code in the browser with the first YAML text. Reads the rest once a text is about KubeBlocks, or may become so. */
export function activate(context: vscode.ExtensionContext): void {
  const waiting: vscode.Disposable[] = [];
  const look = (document: vscode.TextDocument): void => {
    const text = isYaml(document) ? document.getText() : undefined;
    if (waiting.length === 0 || text === undefined || !(mentionsKubeBlocks(text) || isBlank(text))) return;
    waiting.splice(0).forEach((each) => void each.dispose());
    start(context).catch((error: unknown) => vscode.window.showErrorMessage(vscode.l10n.t('KubeBlocks manifests cannot be judged: {0} Reload the window.', error instanceof Error ? error.message : String(error))));
  };
  waiting.push(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidChangeTextDocument(({ document }) => look(document)),
  );
  context.subscriptions.push({ dispose: () => waiting.splice(0).forEach((each) => void each.dispose()) });
  vscode.workspace.textDocuments.forEach(look);
}

async function start(context: vscode.ExtensionContext): Promise<void> {
  const read = async (name: string): Promise<string> => new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, 'dist', name)));
  const { startInBrowser } = (await loadParts(PARTS, read, vscode)) as Pick<typeof browserLanguage, 'startInBrowser'>;
  startInBrowser(context);
}
