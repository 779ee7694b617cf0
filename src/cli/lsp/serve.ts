import { TextDocumentSyncKind, TextDocuments, type Connection, type InitializeParams, type InitializeResult } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { KubeBlocksLine } from '../../kubeblocks/kinds';
import type { Dialect } from '../../manifest/dialect';
import { judgeFile } from '../../manifest/judgeFile';
import { ruleSeverities, spokenLine, type ReadSetting } from '../../manifest/session/languageSettings';
import { mentionsKubeBlocks } from '../../manifest/session/manifestText';
import { OpenManifests } from '../../manifest/session/openManifests';
import { WorkspaceIndex, type WorkspaceFiles } from '../../manifest/session/workspaceIndex';
import { lspDiagnostic } from './lspDiagnostic';

export interface ServeDeps {
  readonly dialectOf: (line: KubeBlocksLine) => Promise<Dialect>;
  readonly filesIn: (folders: readonly string[]) => WorkspaceFiles;
}

/** Answers a client over the connection, which must not listen yet. */
export function serve(connection: Connection, { dialectOf, filesIn }: ServeDeps): void {
  const documents = new TextDocuments(TextDocument);
  const manifests = new OpenManifests();
  let settings: Readonly<Record<string, unknown>> = {};
  let index = new WorkspaceIndex(filesIn([]), () => manifests.entries());
  const read: ReadSetting = (key) => settings[key];

  const judge = async (document: TextDocument): Promise<void> => {
    const { uri, version } = document;
    if (!mentionsKubeBlocks(document.getText())) {
      await connection.sendDiagnostics({ uri, version, diagnostics: [] });
      return;
    }
    const dialect = await dialectOf(spokenLine(read, undefined).line);
    if (documents.get(uri)?.version !== version) return;
    const file = manifests.fileOf(uri, document);
    const findings = judgeFile(file, index.factsFor(uri), dialect, { severities: ruleSeverities(read) });
    const context = { uri, file, fileOf: (other: string) => index.fileOf(other) };
    await connection.sendDiagnostics({ uri, version, diagnostics: findings.map((finding) => lspDiagnostic(finding, context)) });
  };
  const report = (error: unknown): void => connection.console.error(error instanceof Error ? error.message : String(error));
  const judgeAll = (): void => documents.all().forEach((document) => void judge(document).catch(report));

  connection.onInitialize((params): InitializeResult => {
    settings = settingsOf(params.initializationOptions);
    index = new WorkspaceIndex(filesIn(foldersOf(params)), () => manifests.entries());
    return { serverInfo: { name: 'kubeblocks-backup' }, capabilities: { textDocumentSync: TextDocumentSyncKind.Incremental } };
  });
  connection.onInitialized(() => {
    index.scan(new AbortController().signal).then(judgeAll, report);
  });
  connection.onDidChangeConfiguration(({ settings: given }) => {
    const section = (given as { readonly kubeblocksBackup?: unknown } | undefined)?.kubeblocksBackup;
    settings = settingsOf(section);
    judgeAll();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    Promise.all(changes.map(({ uri }) => index.update(uri))).then(judgeAll, report);
  });
  documents.onDidChangeContent(({ document }) => void judge(document).catch(report));
  documents.onDidClose(({ document }) => {
    manifests.close(document.uri);
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] }).catch(report);
  });
  documents.listen(connection);
}

function settingsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function foldersOf({ workspaceFolders, rootUri }: Pick<InitializeParams, 'workspaceFolders' | 'rootUri'>): readonly string[] {
  if (workspaceFolders !== undefined && workspaceFolders !== null) return workspaceFolders.map(({ uri }) => uri);
  return typeof rootUri === 'string' ? [rootUri] : [];
}
