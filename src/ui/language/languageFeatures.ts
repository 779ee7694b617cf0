import * as vscode from 'vscode';
import { inventoryFacts } from '../../manifest/facts/inventoryFacts';
import { Diagnostics } from './diagnostics';
import { createDialects } from '../../manifest/session/dialects';
import { createJudgement } from './judgement';
import type { LanguageDeps } from './language';
import { ruleSeverities, spokenLine, type ReadSetting, type SpokenLine } from '../../manifest/session/languageSettings';
import { LineStatus } from './lineStatus';
import { OpenManifests } from '../../manifest/session/openManifests';
import { vscodeFiles } from './vscodeFiles';
import { watchWorkspace } from './watchWorkspace';
import { WorkspaceIndex } from '../../manifest/session/workspaceIndex';

const SECTION = 'kubeblocksBackup';

/** Everything the extension does with YAML texts. */
export function createLanguageFeatures({ extensionUri, logger, inventory, onDidChangeCluster }: LanguageDeps): vscode.Disposable {
  const files = new OpenManifests();
  const index = new WorkspaceIndex(vscodeFiles, () => files.entries());
  const settingsOf = ({ uri }: vscode.TextDocument): ReadSetting => (key) => vscode.workspace.getConfiguration(SECTION, uri).get(key);
  const lineOf = (document: vscode.TextDocument): SpokenLine => spokenLine(settingsOf(document), inventory()?.line);
  const judgement = createJudgement({
    files,
    lineOf: (document) => lineOf(document).line,
    dialectOf: createDialects((name) => readJson(vscode.Uri.joinPath(extensionUri, 'schemas', name))),
    factsFor: ({ uri }) => {
      const known = inventory();
      return [...(known === undefined ? [] : [inventoryFacts(known)]), ...index.factsFor(uri.toString())];
    },
    severitiesFor: (document) => ruleSeverities(settingsOf(document)),
  });
  const diagnostics = new Diagnostics({ judgement, logger, fileOf: (uri) => index.fileOf(uri) });
  const status = new LineStatus(lineOf, () => inventory()?.context);
  const judgeAll = (): void => {
    vscode.workspace.textDocuments.forEach((document) => diagnostics.changed(document));
    status.update();
  };
  judgeAll();
  return vscode.Disposable.from(
    diagnostics,
    status,
    vscode.workspace.onDidOpenTextDocument((document) => diagnostics.changed(document)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) diagnostics.changed(document);
    }),
    vscode.workspace.onDidCloseTextDocument((document) => {
      diagnostics.close(document);
      files.close(document.uri.toString());
    }),
    vscode.window.onDidChangeActiveTextEditor(() => status.update()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SECTION)) judgeAll();
    }),
    { dispose: onDidChangeCluster(judgeAll) },
    watchWorkspace(index, logger, judgeAll),
  );
}

async function readJson(uri: vscode.Uri): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
}
