import type { ManifestFile } from '../manifestFile';
import type { AssistContext } from './assistContext';
import type { CompletionItem } from './completionItem';
import { MANIFEST_SNIPPETS } from './manifestSnippets';
import { tokenAt } from './tokenAt';

/** Whole manifests, where a document is empty but for the word at the cursor. */
export function snippetsAt(file: ManifestFile, offset: number, { dialect }: Pick<AssistContext, 'dialect'>): readonly Omit<CompletionItem, 'sortText'>[] {
  const placed = file.documents.findLast(({ start }) => start <= offset);
  const text = placed?.document.text ?? file.text;
  const start = placed?.start ?? 0;
  const token = tokenAt(text, undefined, offset - start);
  if (token === undefined || token.column !== 0 || token.quote !== undefined) return [];
  const others = `${text.slice(0, token.start)}\n${text.slice(token.end)}`.replace(/^(?:---|\.\.\.)(?=\s|$)/gm, '').replace(/^[ \t]*#.*$/gm, '');
  if (others.trim() !== '') return [];
  const range = { start: token.start + start, end: token.end + start };
  return MANIFEST_SNIPPETS.filter(({ lines }) => lines.includes(dialect.line)).map(({ name, about, body }) => ({
    label: name(),
    kind: 'snippet',
    range,
    newText: body(dialect),
    isSnippet: true,
    detail: about(),
    filterText: name(),
    resolve: () => [{ kind: 'code', text: plainText(body(dialect)), language: 'yaml' }],
  }));
}

/** A snippet as it stands when nothing is filled in. */
export function plainText(snippet: string): string {
  return snippet.replace(/\$\{\d+:([^}]*)\}/g, '$1').replace(/\$\{\d+\|([^,|]*)[^}]*\}/g, '$1').replace(/\$\d+/g, '').replaceAll('\\$', '$');
}
