import { foldLines } from './foldLines';
import type { ScalarNode } from './node';
import { resolveScalar } from './resolveScalar';
import { isSpaceOrEnd, nextContent } from './scan';
import { Unusual } from './unusual';

/**
 * A scalar without quotes in a block, up to a comment or the end of its last line; with a colon that could part a key it
 * is something else.
 * @param column of the block collection that it stands in: its further lines are deeper
 */
export function readPlain(text: string, start: number, column: number): ScalarNode {
  if (!isPlainAt(text, start)) throw new Unusual();
  let end = endOfLine(text, start);
  const first = text.slice(start, end);
  if (first.includes(': ') || first.endsWith(':') || first.includes('\t')) throw new Unusual();
  let next = nextContent(text, end);
  if (next.at >= text.length || next.column <= column) return { type: 'scalar', value: resolveScalar(first), style: 'plain', start, end };
  const lines = [first];
  while (next.at < text.length && next.column > column) {
    // A comment ends the scalar, and no other could follow it.
    if (!/^[ \r\n]*$/.test(text.slice(end, next.at))) throw new Unusual();
    lines.push(...blankLines(text, end, next.at));
    end = endOfLine(text, next.at);
    const line = text.slice(next.at, end);
    if (line.includes(': ') || line.endsWith(':') || line.includes('\t')) throw new Unusual();
    lines.push(line);
    next = nextContent(text, end);
  }
  return { type: 'scalar', value: resolveScalar(foldLines(lines)), style: 'plain', start, end };
}

function blankLines(text: string, from: number, to: number): string[] {
  return Array<string>(text.slice(from, to).split('\n').length - 2).fill('');
}

/** Without a comment and spaces behind what is written. */
function endOfLine(text: string, from: number): number {
  const lineEnd = text.indexOf('\n', from);
  let end = lineEnd < 0 ? text.length : lineEnd;
  const comment = text.slice(from, end).indexOf(' #');
  if (comment >= 0) end = from + comment;
  while (end > from && ' \r'.includes(text.charAt(end - 1))) end -= 1;
  return end;
}

/** Without the indicators, one of which may begin a text all the same. */
function isPlainAt(text: string, at: number): boolean {
  const first = text.charAt(at);
  return first === '-' ? !isSpaceOrEnd(text, at + 1) : !'?:,[]{}#&*!|>\'"%@`\t'.includes(first);
}
