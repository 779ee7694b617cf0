import { foldLines } from './foldLines';
import type { ScalarNode } from './node';
import { Unusual } from './unusual';

const HEADER = /[|>]-? *\r?\n/y;

/**
 * A text in lines of its own below `|` or `>`, that ends with a line break or without one (`-`).
 * @param column of the collection that it stands in
 */
export function readBlockScalar(text: string, start: number, column: number): ScalarNode {
  HEADER.lastIndex = start;
  if (!HEADER.test(text)) throw new Unusual();
  const from = HEADER.lastIndex;
  const isFolded = text.charAt(start) === '>';
  const isStripped = text.charAt(start + 1) === '-';
  const { lines, end } = linesOf(text, from, column);
  const value = `${isFolded ? fold(lines) : lines.join('\n')}${isStripped ? '' : '\n'}`;
  return { type: 'scalar', value, style: isFolded ? 'folded' : 'literal', start, end };
}

interface BlockLines {
  /** Without their indentation, from the first to the last that is not blank. */
  readonly lines: readonly string[];
  /** Behind the last character that is no space. */
  readonly end: number;
}

const INDENT = / */y;

function linesOf(text: string, from: number, column: number): BlockLines {
  const lines: string[] = [];
  let indent = 0;
  let end = from;
  let blank = 0;
  for (let at = from; at < text.length; ) {
    const { contentAt, lineEnd, next } = lineAt(text, at);
    const depth = contentAt - at;
    if (contentAt === lineEnd) {
      // Spaces beyond the indentation are part of the text.
      if (indent === 0 ? depth > column + 1 : depth > indent) throw new Unusual();
      blank += 1;
    } else {
      if (indent === 0) indent = depth;
      if (depth < indent || indent <= column) break;
      for (; blank > 0; blank -= 1) lines.push('');
      lines.push(text.slice(at + indent, lineEnd));
      end = lineEnd;
    }
    at = next;
  }
  if (lines.length === 0) throw new Unusual();
  while (' \t'.includes(text.charAt(end - 1))) end -= 1;
  return { lines, end };
}

function lineAt(text: string, at: number): { readonly contentAt: number; readonly lineEnd: number; readonly next: number } {
  INDENT.lastIndex = at;
  INDENT.test(text);
  const feed = text.indexOf('\n', at);
  const next = feed < 0 ? text.length : feed + 1;
  const lineEnd = feed < 0 ? text.length : feed;
  return { contentAt: INDENT.lastIndex, lineEnd: feed > at && text.charAt(feed - 1) === '\r' ? lineEnd - 1 : lineEnd, next };
}

/** Lines that are deeper than the others have rules of their own. */
function fold(lines: readonly string[]): string {
  if (lines[0] === '' || lines.some((line) => /^[ \t]|[ \t]$/.test(line))) throw new Unusual();
  return foldLines(lines);
}
