import * as vscode from 'vscode';
import { complete } from '../../../manifest/assist/complete';
import type { CompletionItem, CompletionKind } from '../../../manifest/assist/completionItem';
import { docMarkdown } from '../../../manifest/session/docMarkdown';
import type { ManifestFile } from '../../../manifest/manifestFile';
import { toRange } from '../toDiagnostic';
import type { Assistance } from './assistance';

const KINDS: Readonly<Record<CompletionKind, vscode.CompletionItemKind>> = {
  field: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.Value,
  enum: vscode.CompletionItemKind.EnumMember,
  reference: vscode.CompletionItemKind.Reference,
  kind: vscode.CompletionItemKind.Class,
  snippet: vscode.CompletionItemKind.Snippet,
};

/** Documentation is made for the one item that is looked at. */
export class ManifestCompletion extends vscode.CompletionItem {
  constructor(readonly of: CompletionItem) {
    super(of.label, KINDS[of.kind]);
  }
}

export function createCompletion({ fileOf, contextOf, secretNamesAt }: Assistance): vscode.CompletionItemProvider<ManifestCompletion> {
  return {
    async provideCompletionItems(document, position, token) {
      const context = await contextOf(document);
      const file = await fileOf(document);
      if (file === undefined || token.isCancellationRequested) return [];
      const offset = document.offsetAt(position);
      const facts = [...(await secretNamesAt(file, offset, token)), ...context.facts];
      return complete(file, offset, { ...context, facts }).map((item) => toItem(file, item));
    },
    resolveCompletionItem: withDocumentation,
  };
}

export function toItem(file: ManifestFile, item: CompletionItem): ManifestCompletion {
  const made = new ManifestCompletion(item);
  made.range = toRange(file, item.range);
  made.insertText = item.isSnippet ? new vscode.SnippetString(item.newText) : item.newText;
  made.keepWhitespace = !item.isSnippet;
  if (item.detail !== undefined) made.detail = item.detail;
  made.sortText = item.sortText;
  made.filterText = item.filterText;
  // The value, or what stands in it, is next.
  if (item.kind === 'field' && item.newText.endsWith(' ')) made.command = { title: '', command: 'editor.action.triggerSuggest', arguments: [{ auto: true }] };
  return made;
}

export function withDocumentation(item: ManifestCompletion): ManifestCompletion {
  const blocks = item.of.resolve();
  if (blocks.length > 0) item.documentation = new vscode.MarkdownString(docMarkdown(blocks));
  return item;
}
