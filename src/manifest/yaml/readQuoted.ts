import { foldLines, JOINED } from './foldLines';
import type { ScalarNode } from './node';
import { Unusual } from './unusual';

const DOUBLE = /"(?:[^"\\]|\\[^])*"/y;
const SINGLE = /'(?:[^']|'')*'/y;

/**
 * A text in quotes; undefined where no quote stands.
 * @param column of the block collection that it stands in: its further lines are deeper
 */
export function readQuoted(text: string, start: number, column: number): ScalarNode | undefined {
  const quote = text.charAt(start);
  if (quote !== '"' && quote !== "'") return undefined;
  const isDouble = quote === '"';
  const pattern = isDouble ? DOUBLE : SINGLE;
  pattern.lastIndex = start;
  if (!pattern.test(text)) throw new Unusual();
  const end = pattern.lastIndex;
  const written = text.slice(start + 1, end - 1);
  const folded = written.includes('\n') ? foldLines(linesOf(written, column, isDouble)) : written;
  return { type: 'scalar', value: isDouble ? unescaped(folded) : folded.replaceAll("''", "'"), style: isDouble ? 'double' : 'single', start, end };
}

/** Without the space around line breaks, which is no part of the text. */
function linesOf(written: string, column: number, isDouble: boolean): string[] {
  if (written.includes('\t')) throw new Unusual();
  const lines = written.split('\n');
  return lines.map((line, index) => {
    const isLast = index === lines.length - 1;
    const begun = index === 0 ? line : line.replace(/^ +/, '');
    const content = isLast ? begun : begun.replace(/\r$/, '').replace(/ +$/, '');
    if (index > 0 && (isLast || content !== '') && line.search(/[^ ]|$/) <= column) throw new Unusual();
    if (isLast || !isDouble || !/(?:^|[^\\])(?:\\\\)*\\$/.test(content)) return content;
    // A space that is escaped stays.
    if (content !== begun.replace(/\r$/, '')) throw new Unusual();
    return content.slice(0, -1) + JOINED;
  });
}

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(.)/g, (_, escaped: string) => {
    const meant = ESCAPES[escaped];
    if (meant === undefined) throw new Unusual();
    return meant;
  });
}

/** The others are rare. */
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', '"': '"', '\\': '\\', '/': '/', ' ': ' ' };
