/** Counted from 0; the character in UTF-16 units, as VS Code and the Language Server Protocol count. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface LineIndex {
  readonly positionAt: (offset: number) => Position;
  readonly offsetAt: (position: Position) => number;
}

export function createLineIndex(text: string): LineIndex {
  let found: number[] | undefined;
  const starts = (): number[] => (found ??= lineStarts(text));
  return {
    positionAt(offset) {
      const line = lineOf(starts(), Math.max(0, Math.min(offset, text.length)));
      return { line, character: Math.max(0, Math.min(offset, text.length)) - (starts()[line] ?? 0) };
    },
    offsetAt({ line, character }) {
      const start = starts()[line];
      if (start === undefined) return line < 0 ? 0 : text.length;
      return Math.min(start + Math.max(0, character), starts()[line + 1] ?? text.length, text.length);
    },
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The last line that begins at or before the offset. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
