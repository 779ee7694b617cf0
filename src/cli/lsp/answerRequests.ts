import { MarkupKind, type Connection } from 'vscode-languageserver/node';
import { complete } from '../../manifest/assist/complete';
import type { CompletionItem } from '../../manifest/assist/completionItem';
import { definition } from '../../manifest/assist/definition';
import { hover } from '../../manifest/assist/hover';
import { references } from '../../manifest/assist/references';
import { rename } from '../../manifest/assist/rename';
import { symbols } from '../../manifest/assist/symbols';
import { docMarkdown } from '../../manifest/session/docMarkdown';
import { folds } from '../../manifest/session/folds';
import { lspActions, lspEdits, lspItem, lspLocation, lspSymbol, withDocumentation } from './assist';
import { lspRange } from './lspDiagnostic';
import type { LspSession } from './lspSession';

/** Answers what an editor asks while somebody writes or looks around. */
export function answerRequests(connection: Connection, session: LspSession): void {
  answerWriting(connection, session);
  answerLooking(connection, session);
}

function answerWriting(connection: Connection, session: LspSession): void {
  let offered: readonly CompletionItem[] = [];
  connection.onCodeAction(async ({ textDocument: { uri }, range, context: { only } }) => {
    const dialect = await session.dialect();
    const manifest = await session.manifestAt(uri);
    if (manifest === undefined) return [];
    const { document, here } = manifest;
    return lspActions(here, (file) => session.findingsIn({ ...here, file }, dialect), { start: document.offsetAt(range.start), end: document.offsetAt(range.end) }, only);
  });
  connection.onCompletion(async ({ textDocument: { uri }, position }) => {
    const context = await session.assistance(uri);
    const manifest = (await session.manifestAt(uri)) ?? session.blankAt(uri);
    if (manifest === undefined) return [];
    offered = complete(manifest.here.file, manifest.document.offsetAt(position), context);
    return offered.map((item, id) => lspItem(manifest.here.file, item, id));
  });
  connection.onCompletionResolve((item) => withDocumentation(item, offered[Number(item.data)]));
  connection.onRenameRequest(async ({ textDocument: { uri }, position, newName }) => {
    const manifest = await session.manifestAt(uri);
    if (manifest === undefined) return null;
    const changes = rename(manifest.here.file, manifest.document.offsetAt(position), newName, session.index.filesBut(uri)).flatMap((change) => {
      const file = change.uri === undefined ? manifest.here.file : session.index.fileOf(change.uri);
      return file === undefined ? [] : [[change.uri ?? uri, lspEdits(file, change.edits)] as const];
    });
    return { changes: Object.fromEntries(changes) };
  });
}

function answerLooking(connection: Connection, session: LspSession): void {
  connection.onHover(async ({ textDocument: { uri }, position }) => {
    const context = await session.assistance(uri);
    const manifest = await session.manifestAt(uri);
    if (manifest === undefined) return null;
    const { document, here } = manifest;
    const found = hover(here.file, document.offsetAt(position), context, await session.findingsIn(here, context.dialect));
    return found === undefined ? null : { contents: { kind: MarkupKind.Markdown, value: docMarkdown(found.blocks) }, range: lspRange(here.file, found.range) };
  });
  connection.onDefinition(async ({ textDocument: { uri }, position }) => {
    const context = await session.assistance(uri);
    const manifest = await session.manifestAt(uri);
    const found = manifest === undefined ? undefined : definition(manifest.here.file, manifest.document.offsetAt(position), context);
    return manifest === undefined || found === undefined ? [] : lspLocation(found, manifest.here);
  });
  connection.onReferences(async ({ textDocument: { uri }, position }) => {
    const manifest = await session.manifestAt(uri);
    if (manifest === undefined) return [];
    return references(manifest.here.file, manifest.document.offsetAt(position), session.index.filesBut(uri)).flatMap((location) => lspLocation(location, manifest.here));
  });
  connection.onDocumentSymbol(async ({ textDocument: { uri } }) => {
    const manifest = await session.manifestAt(uri);
    return manifest === undefined ? [] : symbols(manifest.here.file).map((symbol) => lspSymbol(manifest.here.file, symbol));
  });
  connection.onFoldingRanges(async ({ textDocument: { uri } }) => {
    const manifest = await session.manifestAt(uri);
    return manifest === undefined ? [] : [...folds(manifest.here.file)];
  });
}
