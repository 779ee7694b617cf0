import * as vscode from 'vscode';
import type { FieldDocs } from '../../manifest/assist/fieldDocs';
import type { Facts } from '../../manifest/facts/facts';
import { inventoryFacts } from '../../manifest/facts/inventoryFacts';
import { Diagnostics } from './diagnostics';
import { createDialects } from '../../manifest/session/dialects';
import { createJudgement } from './judgement';
import type { LanguageDeps } from './language';
import { ruleSeverities, spokenLine, type ReadSetting, type SpokenLine } from '../../manifest/session/languageSettings';
import { LineStatus } from './lineStatus';
import { loadFieldDocs } from '../../manifest/session/loadFieldDocs';
import { isYaml, mentionsKubeBlocks } from '../../manifest/session/manifestText';
import { OpenManifests } from '../../manifest/session/openManifests';
import type { Assistance } from './providers/assistance';
import { registerProviders } from './providers/registerProviders';
import { vscodeFiles } from './vscodeFiles';
import { watchWorkspace } from './watchWorkspace';
import { WorkspaceIndex } from '../../manifest/session/workspaceIndex';

const SECTION = 'kubeblocksBackup';

/** Everything the extension does with YAML texts. */
export function createLanguageFeatures({ extensionUri, logger, inventory, onDidChangeCluster, time }: LanguageDeps): vscode.Disposable {
  const files = new OpenManifests();
  const index = new WorkspaceIndex(vscodeFiles, () => files.entries());
  const settingsOf = ({ uri }: vscode.TextDocument): ReadSetting => (key) => vscode.workspace.getConfiguration(SECTION, uri).get(key);
  const lineOf = (document: vscode.TextDocument): SpokenLine => spokenLine(settingsOf(document), inventory()?.line);
  const readSchema = (name: string): Promise<unknown> => readJson(vscode.Uri.joinPath(extensionUri, 'schemas', name));
  const dialectOf = createDialects(readSchema);
  const factsFor = ({ uri }: vscode.TextDocument): Facts => {
    const known = inventory();
    return [...(known === undefined ? [] : [inventoryFacts(known)]), ...index.factsFor(uri.toString())];
  };
  let docs: Promise<FieldDocs> | undefined;
  const judgement = createJudgement({
    files,
    lineOf: (document) => lineOf(document).line,
    dialectOf,
    factsFor,
    severitiesFor: (document) => ruleSeverities(settingsOf(document)),
  });
  const diagnostics = new Diagnostics({ judgement, logger, fileOf: (uri) => index.fileOf(uri) });
  const assistance: Assistance = {
    fileOf: (document) => (isYaml(document) && mentionsKubeBlocks(document.getText()) ? files.fileOf(document.uri.toString(), document) : undefined),
    contextOf: async (document) => {
      docs ??= loadFieldDocs(readSchema, dialectOf);
      docs.catch(() => (docs = undefined));
      const [known, dialect] = await Promise.all([docs, dialectOf(lineOf(document).line)]);
      return { facts: factsFor(document), dialect, docs: known, ...time() };
    },
    findingsIn: (document) => diagnostics.foundIn(document)?.findings ?? [],
    others: ({ uri }) => index.filesBut(uri.toString()),
    otherFile: (uri) => index.fileOf(uri),
  };
  const settingsChanged = new vscode.EventEmitter<void>();
  const isOn = (key: string) => (document: vscode.TextDocument): boolean => settingsOf(document)(key) !== false;
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
      if (!event.affectsConfiguration(SECTION)) return;
      settingsChanged.fire();
      judgeAll();
    }),
    { dispose: onDidChangeCluster(judgeAll) },
    settingsChanged,
    registerProviders(assistance, { hasInlayHints: isOn('manifests.inlayHints'), hasDocumentLinks: isOn('manifests.documentLinks'), onDidChange: settingsChanged.event }),
    watchWorkspace(index, logger, judgeAll),
  );
}

async function readJson(uri: vscode.Uri): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
}
