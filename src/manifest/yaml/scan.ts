/** Where a thing stands: its offset, and its column, which is its indentation if it is the first of its line. */
export interface Place {
  readonly at: number;
  readonly column: number;
}

const GAP = /(?:[ \r\n]|#.*)*/y;

/** The first thing in the lines behind an offset that is no comment; at the end of the text where there is none. */
export function nextContent(text: string, from: number): Place {
  GAP.lastIndex = from;
  GAP.test(text);
  const at = GAP.lastIndex;
  return { at, column: at - 1 - text.lastIndexOf('\n', at - 1) };
}

export function isSpaceOrEnd(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === SPACE || code === LINE_FEED || code === RETURN || at >= text.length;
}

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
