import type { CompletionKind } from './completionItem';
import type { DocBlock } from './docBlock';

/** A value that fits, before it is known how it is written in its place. */
export interface Suggestion {
  readonly value: string | number | boolean;
  readonly kind: CompletionKind;
  readonly detail?: string;
  readonly documentation?: () => readonly DocBlock[];
}
