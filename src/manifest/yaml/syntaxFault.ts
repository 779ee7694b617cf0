import type { Span } from './node';

/** Something that keeps a document, or a part of it, from being read. */
export interface SyntaxFault extends Span {
  /** `duplicateKey`, `alias`, or the parser's own code in lower case (`bad_indent`). */
  readonly code: string;
  readonly message: string;
}
