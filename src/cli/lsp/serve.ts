import { CodeActionKind, MarkupKind, TextDocumentSyncKind, TextDocuments, type Connection, type InitializeParams, type InitializeResult, type ServerCapabilities } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { KubeBlocksLine } from '../../kubeblocks/kinds';
import type { AssistContext } from '../../manifest/assist/assistContext';
import { complete } from '../../manifest/assist/complete';
import type { CompletionItem } from '../../manifest/assist/completionItem';
import { definition } from '../../manifest/assist/definition';
import type { FieldDocs } from '../../manifest/assist/fieldDocs';
import { hover } from '../../manifest/assist/hover';
import { references } from '../../manifest/assist/references';
import { rename } from '../../manifest/assist/rename';
import { symbols } from '../../manifest/assist/symbols';
import type { Dialect } from '../../manifest/dialect';
import { judgeFile } from '../../manifest/judgeFile';
import type { ManifestFinding } from '../../manifest/manifestFinding';
import { ruleSeverities, spokenLine, type ReadSetting } from '../../manifest/session/languageSettings';
import { docMarkdown } from '../../manifest/session/docMarkdown';
import { folds } from '../../manifest/session/folds';
import { isBlank, mentionsKubeBlocks } from '../../manifest/session/manifestText';
import { OpenManifests } from '../../manifest/session/openManifests';
import { WorkspaceIndex, type WorkspaceFiles } from '../../manifest/session/workspaceIndex';
import { FIX_ALL, lspActions, lspEdits, lspItem, lspLocation, lspSymbol, withDocumentation } from './assist';
import { lspDiagnostic, lspRange, type LspContext } from './lspDiagnostic';

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

export interface ServeDeps {
  readonly dialectOf: (line: KubeBlocksLine) => Promise<Dialect>;
  readonly docs: () => Promise<FieldDocs>;
  readonly now: () => number;
  readonly filesIn: (folders: readonly string[]) => WorkspaceFiles;
}

/** Answers a client over the connection, which must not listen yet. */
export function serve(connection: Connection, { dialectOf, docs, now, filesIn }: ServeDeps): void {
  const documents = new TextDocuments(TextDocument);
  const manifests = new OpenManifests();
  let settings: Readonly<Record<string, unknown>> = {};
  let index = new WorkspaceIndex(filesIn([]), () => manifests.entries());
  const read: ReadSetting = (key) => settings[key];

  const dialectNow = (): Promise<Dialect> => dialectOf(spokenLine(read, undefined).line);
  const at = (uri: string, document: TextDocument): LspContext => ({ uri, file: manifests.fileOf(uri, document), fileOf: (other) => index.fileOf(other) });
  const findingsIn = (uri: string, document: TextDocument, dialect: Dialect): { readonly context: LspContext; readonly findings: readonly ManifestFinding[] } => {
    const context = at(uri, document);
    return { context, findings: judgeFile(context.file, index.factsFor(uri), dialect, { severities: ruleSeverities(read) }) };
  };
  const judge = async (document: TextDocument): Promise<void> => {
    const { uri, version } = document;
    if (!mentionsKubeBlocks(document.getText())) {
      await connection.sendDiagnostics({ uri, version, diagnostics: [] });
      return;
    }
    const dialect = await dialectNow();
    if (documents.get(uri)?.version !== version) return;
    const { context, findings } = findingsIn(uri, document, dialect);
    await connection.sendDiagnostics({ uri, version, diagnostics: findings.map((finding) => lspDiagnostic(finding, context)) });
  };
  const report = (error: unknown): void => connection.console.error(error instanceof Error ? error.message : String(error));
  const judgeAll = (): void => documents.all().forEach((document) => void judge(document).catch(report));

  connection.onInitialize((params): InitializeResult => {
    settings = settingsOf(params.initializationOptions);
    index = new WorkspaceIndex(filesIn(foldersOf(params)), () => manifests.entries());
    return { serverInfo: { name: 'kubeblocks-backup' }, capabilities: CAPABILITIES };
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
  const manifestAt = (uri: string): { readonly document: TextDocument; readonly here: LspContext } | undefined => {
    const document = documents.get(uri);
    return document !== undefined && mentionsKubeBlocks(document.getText()) ? { document, here: at(uri, document) } : undefined;
  };
  const blankAt = (uri: string): ReturnType<typeof manifestAt> => {
    const document = documents.get(uri);
    return document !== undefined && isBlank(document.getText()) ? { document, here: at(uri, document) } : undefined;
  };
  const assistance = async (uri: string): Promise<AssistContext> => {
    const [known, dialect] = await Promise.all([docs(), dialectNow()]);
    return { facts: index.factsFor(uri), dialect, docs: known, nowMs: now(), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  };
  let offered: readonly CompletionItem[] = [];
  connection.onCodeAction(async ({ textDocument: { uri }, range, context: { only } }) => {
    const dialect = await dialectNow();
    const manifest = manifestAt(uri);
    if (manifest === undefined) return [];
    const { context, findings } = findingsIn(uri, manifest.document, dialect);
    return lspActions(context, findings, { start: manifest.document.offsetAt(range.start), end: manifest.document.offsetAt(range.end) }, only);
  });
  connection.onCompletion(async ({ textDocument: { uri }, position }) => {
    const context = await assistance(uri);
    const manifest = manifestAt(uri) ?? blankAt(uri);
    if (manifest === undefined) return [];
    offered = complete(manifest.here.file, manifest.document.offsetAt(position), context);
    return offered.map((item, id) => lspItem(manifest.here.file, item, id));
  });
  connection.onCompletionResolve((item) => withDocumentation(item, offered[Number(item.data)]));
  connection.onHover(async ({ textDocument: { uri }, position }) => {
    const context = await assistance(uri);
    const manifest = manifestAt(uri);
    const found = manifest === undefined ? undefined : hover(manifest.here.file, manifest.document.offsetAt(position), context, findingsIn(uri, manifest.document, context.dialect).findings);
    if (manifest === undefined || found === undefined) return null;
    return { contents: { kind: MarkupKind.Markdown, value: docMarkdown(found.blocks) }, range: lspRange(manifest.here.file, found.range) };
  });
  connection.onDefinition(async ({ textDocument: { uri }, position }) => {
    const context = await assistance(uri);
    const manifest = manifestAt(uri);
    const found = manifest === undefined ? undefined : definition(manifest.here.file, manifest.document.offsetAt(position), context);
    return manifest === undefined || found === undefined ? [] : lspLocation(found, manifest.here);
  });
  connection.onReferences(({ textDocument: { uri }, position }) => {
    const manifest = manifestAt(uri);
    if (manifest === undefined) return [];
    return references(manifest.here.file, manifest.document.offsetAt(position), index.filesBut(uri)).flatMap((location) => lspLocation(location, manifest.here));
  });
  connection.onRenameRequest(({ textDocument: { uri }, position, newName }) => {
    const manifest = manifestAt(uri);
    if (manifest === undefined) return null;
    const changes = rename(manifest.here.file, manifest.document.offsetAt(position), newName, index.filesBut(uri)).flatMap((change) => {
      const file = change.uri === undefined ? manifest.here.file : index.fileOf(change.uri);
      return file === undefined ? [] : [[change.uri ?? uri, lspEdits(file, change.edits)] as const];
    });
    return { changes: Object.fromEntries(changes) };
  });
  connection.onDocumentSymbol(({ textDocument: { uri } }) => {
    const manifest = manifestAt(uri);
    return manifest === undefined ? [] : symbols(manifest.here.file).map((symbol) => lspSymbol(manifest.here.file, symbol));
  });
  connection.onFoldingRanges(({ textDocument: { uri } }) => {
    const manifest = manifestAt(uri);
    return manifest === undefined ? [] : [...folds(manifest.here.file)];
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

function foldersOf({ workspaceFolders }: Pick<InitializeParams, 'workspaceFolders'>): readonly string[] {
  return (workspaceFolders ?? []).map(({ uri }) => uri);
}
