/** One document's stretch of a file, its `---` and `...` lines included. */
export interface DocumentChunk {
  readonly start: number;
  readonly text: string;
}

const MARKER = /(?:^|\n)(---|\.\.\.)(?=[ \t\r\n]|$)/g;
const CONTENT = /^(?![ \t]*(?:#|\r?$)|%)./m;

/**
 * Cuts a file where documents begin. A line (of those that end with `\n`, as kubectl reads them) with `---` or `...` at its head is a marker wherever it stands, also in a
 * block scalar (YAML 1.2 `c-forbidden`), so the cut is exact. Comments and directives before the first `---` belong to
 * the document they introduce.
 */
export function splitDocuments(text: string): DocumentChunk[] {
  const mark = text.startsWith('\ufeff') ? 1 : 0;
  return splitPart(text.slice(mark)).map((chunk) => ({ start: chunk.start + mark, text: chunk.text }));
}

/** The same for a part of a file that begins where a document does: a byte order mark is a character there. */
export function splitPart(text: string): DocumentChunk[] {
  const chunks: DocumentChunk[] = [];
  let start = 0;
  let open = 0;
  let hasContent = false;
  const cut = (end: number): void => {
    if (end > start) chunks.push({ start, text: text.slice(start, end) });
    start = end;
    hasContent = false;
  };
  for (const { 0: found, 1: marker = '', index: foundAt } of text.matchAll(MARKER)) {
    const index = foundAt + found.length - marker.length;
    hasContent ||= index > open && CONTENT.test(text.slice(open, index));
    if (marker === '---') {
      if (hasContent) cut(index);
      hasContent = true;
      open = index + marker.length;
    } else {
      cut(lineEnd(text, index));
      open = start;
    }
  }
  cut(text.length);
  return chunks;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}
