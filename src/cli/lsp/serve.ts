import { CodeActionKind, TextDocumentSyncKind, type Connection, type InitializeResult, type ServerCapabilities } from 'vscode-languageserver/node';
import { answerRequests } from './answerRequests';
import { FIX_ALL } from './assist';
import { LspSession, type ServeDeps } from './lspSession';
import { publishDiagnostics } from './publishDiagnostics';

const CAPABILITIES: ServerCapabilities = {
  textDocumentSync: TextDocumentSyncKind.Incremental,
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] },
  completionProvider: { resolveProvider: true, triggerCharacters: [' ', ':', '"', "'", '-'] },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  renameProvider: true,
  documentSymbolProvider: true,
  foldingRangeProvider: true,
};

/** Answers a client over the connection, which must not listen yet. */
export function serve(connection: Connection, deps: ServeDeps): void {
  const session = new LspSession(deps);
  const { judgeAll, report } = publishDiagnostics(connection, session);
  answerRequests(connection, session);
  connection.onInitialize(({ initializationOptions, workspaceFolders }): InitializeResult => {
    session.takeSettings(initializationOptions);
    session.openFolders((workspaceFolders ?? []).map(({ uri }) => uri));
    return { serverInfo: { name: 'kubeblocks-backup' }, capabilities: CAPABILITIES };
  });
  connection.onInitialized(() => {
    session.index.scan(new AbortController().signal).then(judgeAll, report);
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    session.takeSettings((settings as { readonly kubeblocksBackup?: unknown } | undefined)?.kubeblocksBackup);
    judgeAll();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    Promise.all(changes.map(({ uri }) => session.index.update(uri))).then(judgeAll, report);
  });
  session.documents.listen(connection);
}
