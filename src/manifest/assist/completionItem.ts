import type { Span } from '../yaml/node';
import type { DocBlock } from './docBlock';

export type CompletionKind = 'field' | 'value' | 'enum' | 'reference' | 'kind' | 'snippet';

export interface CompletionItem {
  readonly label: string;
  readonly kind: CompletionKind;
  /** What it replaces, in the file; the cursor is in it. */
  readonly range: Span;
  /** With its indentation, to be inserted as it is. Of a snippet, with `${1:name}` as LSP and VS Code have them. */
  readonly newText: string;
  readonly isSnippet: boolean;
  readonly detail: string | undefined;
  readonly sortText: string;
  readonly filterText: string;
  /** Its documentation, made when it is asked for. */
  readonly resolve: () => readonly DocBlock[];
}
