import type { ScalarNode, Span } from './node';

/**
 * Where a stretch of a text value stands in the source. Exact for values on one line, whatever their quotes, and for
 * literal block scalars; of folded texts it is the whole scalar.
 */
export function spanInScalar(text: string, node: ScalarNode, { start, end }: Span): Span {
  const offsets = offsetsOf(text.slice(node.start, node.end), node.style);
  const from = offsets?.[start];
  const to = end > start ? (offsets?.[end - 1] ?? from) : from;
  if (offsets === undefined || from === undefined || to === undefined) return { start: node.start, end: node.end };
  const behind = offsets[end] ?? to + 1;
  return { start: node.start + from, end: node.start + (end > start ? Math.max(to + 1, Math.min(behind, to + 10)) : from) };
}

/** Which unit of a text value (or its end) stands at an offset of the source; undefined where that cannot be told. */
export function valueOffsetAt(text: string, node: ScalarNode, offset: number): number | undefined {
  const at = offsetsOf(text.slice(node.start, node.end), node.style)?.lastIndexOf(offset - node.start);
  return at === undefined || at < 0 ? undefined : at;
}

/** For each UTF-16 unit of the value, and its end, the offset in the source. */
function offsetsOf(source: string, style: ScalarNode['style']): number[] | undefined {
  // Folding turns a line break into a space, which moves nothing; a blank line takes a character away.
  if (style === 'literal' || (style === 'folded' && !/\n[ \r]*\n[^]*\S/.test(source))) return blockOffsets(source);
  if (style === 'folded' || source.includes('\n')) return undefined;
  if (style === 'plain') return Array.from({ length: source.length + 1 }, (_, index) => index);
  return quotedOffsets(source, style === 'single' ? /''|[^']/gy : /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|[^"\\]/gy);
}

function quotedOffsets(source: string, unit: RegExp): number[] {
  const offsets: number[] = [];
  let at = 1;
  for (;;) {
    unit.lastIndex = at;
    const found = unit.exec(source)?.[0];
    offsets.push(at);
    if (found === undefined) return offsets;
    if (found.startsWith('\\U') && parseInt(found.slice(2), 16) > 0xffff) offsets.push(at);
    at += found.length;
  }
}

/** Each line without the indentation of the first that is not empty; an indicator in the header gives it too. */
function blockOffsets(source: string): number[] {
  const lines = source.split('\n');
  const indent = /^[ ]*/.exec(lines.slice(1).find((line) => line.trim() !== '') ?? '')?.[0].length ?? 0;
  const offsets: number[] = [];
  let at = (lines[0]?.length ?? 0) + 1;
  for (const line of lines.slice(1)) {
    const content = line.endsWith('\r') ? line.length - 1 : line.length;
    for (let column = Math.min(indent, content); column < content; column += 1) offsets.push(at + column);
    offsets.push(at + content);
    at += line.length + 1;
  }
  return offsets;
}
