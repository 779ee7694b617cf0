import { lastAtMost } from './lastAtMost';
import type { ManifestDocument } from './manifestDocument';

/** Counted from 0; the character in UTF-16 units, as VS Code and the Language Server Protocol count. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface LineIndex {
  readonly positionAt: (offset: number) => Position;
  readonly offsetAt: (position: Position) => number;
}

/** A document where it stands: the parts of a file, in order, which its lines are counted by. */
export interface Placed {
  readonly document: ManifestDocument;
  /** Offset of its first character in the file. */
  readonly start: number;
}

/** The lines of a file. Each document begins a line, and knows its own as long as it lives: a change costs the counting of what changed. */
export function createLineIndex(documents: readonly Placed[], length: number): LineIndex {
  let counted: number[] | undefined;
  const firstLines = (): readonly number[] => (counted ??= countLines(documents));
  const placeOf = (index: number): { readonly starts: readonly number[]; readonly firstLine: number; readonly start: number } => {
    const placed = documents[index];
    return { starts: placed === undefined ? [0] : lineStarts(placed.document), firstLine: firstLines()[index] ?? 0, start: placed?.start ?? 0 };
  };
  return {
    positionAt(given) {
      const offset = Math.max(0, Math.min(given, length));
      const { starts, firstLine, start } = placeOf(lastAtMost(documents.length, (index) => documents[index]?.start ?? 0, offset));
      const line = lastAtMost(starts.length, (index) => starts[index] ?? 0, offset - start);
      // A byte order mark before the first document is in its line.
      const lineStart = firstLine + line === 0 ? 0 : start + (starts[line] ?? 0);
      return { line: firstLine + line, character: offset - lineStart };
    },
    offsetAt({ line, character }) {
      if (line < 0) return 0;
      const { starts, firstLine, start } = placeOf(lastAtMost(documents.length, (index) => firstLines()[index] ?? 0, line));
      const own = starts[line - firstLine];
      if (own === undefined) return length;
      const lineStart = line === 0 ? 0 : start + own;
      const next = starts[line - firstLine + 1];
      return Math.min(lineStart + Math.max(0, character), next === undefined ? length : start + next, length);
    },
  };
}

function countLines(documents: readonly Placed[]): number[] {
  let lines = 0;
  return documents.map(({ document }) => {
    const first = lines;
    lines += lineStarts(document).length - 1;
    return first;
  });
}

const known = new WeakMap<ManifestDocument, readonly number[]>();

/** Of each line of the document, and of what would stand behind its last line break. */
function lineStarts(document: ManifestDocument): readonly number[] {
  const before = known.get(document);
  if (before !== undefined) return before;
  const starts = [0];
  for (let at = document.text.indexOf('\n'); at >= 0; at = document.text.indexOf('\n', at + 1)) starts.push(at + 1);
  known.set(document, starts);
  return starts;
}
