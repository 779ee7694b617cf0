import * as l10n from '@vscode/l10n';
import {
  CodeActionKind,
  CompletionItemKind,
  InsertTextFormat,
  MarkupKind,
  SymbolKind,
  type CodeAction,
  type CompletionItem as LspItem,
  type DocumentSymbol,
  type Location as LspLocation,
  type TextEdit as LspEdit,
} from 'vscode-languageserver/node';
import type { CompletionItem, CompletionKind } from '../../manifest/assist/completionItem';
import { fixesAt } from '../../manifest/assist/fixesAt';
import { fixRounds } from '../../manifest/assist/fixRounds';
import type { Location } from '../../manifest/assist/location';
import type { ManifestSymbol } from '../../manifest/assist/symbols';
import type { TextEdit } from '../../manifest/assist/textEdit';
import { rangeIn, type ManifestFile } from '../../manifest/manifestFile';
import type { ManifestFinding } from '../../manifest/manifestFinding';
import { docMarkdown } from '../../manifest/session/docMarkdown';
import type { Span } from '../../manifest/yaml/node';
import { lspDiagnostic, lspRange, type LspContext } from './lspDiagnostic';

const ITEM_KINDS: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  field: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  enum: CompletionItemKind.EnumMember,
  reference: CompletionItemKind.Reference,
  kind: CompletionItemKind.Class,
  snippet: CompletionItemKind.Snippet,
};
const SYMBOL_KINDS: Readonly<Record<ManifestSymbol['kind'], SymbolKind>> = { object: SymbolKind.Object, field: SymbolKind.Field, item: SymbolKind.Key };
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.kubeblocksBackup`;

export function lspEdits(file: ManifestFile, edits: readonly TextEdit[]): LspEdit[] {
  return edits.map(({ start, end, newText }) => ({ range: lspRange(file, { start, end }), newText }));
}

/** @param id names the item again when its documentation is asked for. */
export function lspItem(file: ManifestFile, { label, kind, range, newText, isSnippet, detail, sortText, filterText }: CompletionItem, id: number): LspItem {
  return {
    label,
    kind: ITEM_KINDS[kind],
    textEdit: { range: lspRange(file, range), newText },
    insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    ...(detail !== undefined && { detail }),
    sortText,
    filterText,
    data: id,
  };
}

export function withDocumentation(item: LspItem, of: CompletionItem | undefined): LspItem {
  const blocks = of?.resolve() ?? [];
  return blocks.length === 0 ? item : { ...item, documentation: { kind: MarkupKind.Markdown, value: docMarkdown(blocks) } };
}

/** A place in this file or another; none for one that is gone. */
export function lspLocation({ uri, object, path }: Location, here: LspContext): LspLocation[] {
  const file = uri === undefined ? here.file : here.fileOf(uri);
  const span = file === undefined ? undefined : rangeIn(file, object, path, 'value');
  return file === undefined || span === undefined ? [] : [{ uri: uri ?? here.uri, range: lspRange(file, span) }];
}

export function lspSymbol(file: ManifestFile, { name, detail, kind, range, selectionRange, children }: ManifestSymbol): DocumentSymbol {
  return { name, detail, kind: SYMBOL_KINDS[kind], range: lspRange(file, range), selectionRange: lspRange(file, selectionRange), children: children.map((child) => lspSymbol(file, child)) };
}

/**
 * @param judge what is found in the context's file, and would be in another that takes its place
 * @param only the kinds that the client asks for; undefined for quick fixes alone
 */
export async function lspActions(context: LspContext, judge: (file: ManifestFile) => Promise<readonly ManifestFinding[]>, selection: Span, only: readonly string[] | undefined): Promise<CodeAction[]> {
  const { uri, file } = context;
  const wants = (kind: string): boolean => only === undefined || only.some((each) => kind === each || kind.startsWith(`${each}.`));
  const findings = await judge(file);
  const every = only !== undefined && wants(FIX_ALL) ? await fixRounds(file, findings, judge) : [];
  const fixes = wants(CodeActionKind.QuickFix) ? fixesAt(file, findings, selection) : [];
  return [
    ...fixes.map(({ finding, fix, edits, isPreferred }) => ({ title: fix.title, kind: CodeActionKind.QuickFix, isPreferred, diagnostics: [lspDiagnostic(finding, context)], edit: { changes: { [uri]: lspEdits(file, edits) } } })),
    ...(every.length > 0 ? [{ title: l10n.t('Fix all KubeBlocks problems that have one fix'), kind: FIX_ALL, edit: { changes: { [uri]: lspEdits(file, every) } } }] : []),
  ];
}
