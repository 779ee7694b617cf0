import type { FoldingRange } from '../assist/foldingRanges';
import type { ManifestDocument } from '../manifestDocument';
import type { ManifestFile, PlacedDocument } from '../manifestFile';

/** Every fold of a file. Editors fold by indentation only where nobody gives folds, so those are among them. */
export function folds(file: ManifestFile): readonly FoldingRange[] {
  return file.documents.flatMap((placed) => foldsIn(file, placed));
}

const known = new WeakMap<ManifestDocument, readonly FoldingRange[]>();

/** Those of one of its documents, which are counted once as long as its text is the same. */
export function foldsIn(file: ManifestFile, { document, start }: PlacedDocument): readonly FoldingRange[] {
  const first = file.lines.positionAt(start).line;
  const own = known.get(document) ?? indentFolds(document.text);
  known.set(document, own);
  const inner = own.map(({ startLine, endLine }) => ({ startLine: startLine + first, endLine: endLine + first }));
  if (file.documents.length < 2) return inner;
  const whole = { startLine: first, endLine: file.lines.positionAt(start + document.text.trimEnd().length).line };
  return whole.endLine > first ? [whole, ...inner.filter(({ startLine }) => startLine !== first)] : inner;
}

/** From each line to the last of the deeper lines below it. A list at its key's own indentation belongs to the key. */
function indentFolds(text: string): readonly FoldingRange[] {
  const found: FoldingRange[] = [];
  const open: { readonly line: number; readonly depth: number }[] = [];
  let last = 0;
  const closeTo = (depth: number): void => {
    while (open.length > 0 && (open.at(-1)?.depth ?? 0) >= depth) {
      const { line: startLine } = open.pop() ?? { line: last };
      if (last > startLine) found.push({ startLine, endLine: last });
    }
  };
  for (const [line, content] of text.split('\n').entries()) {
    if (content.trim() === '') continue;
    closeTo(/^(?:---|\.\.\.)/.test(content) ? 0 : depthOf(content));
    open.push({ line, depth: depthOf(content) });
    last = line;
  }
  closeTo(0);
  return found;
}

/** Twice the column, and one more for a dash, so that items are deeper than the key above them. */
function depthOf(line: string): number {
  const column = line.length - line.trimStart().length;
  return column * 2 + (/^\s*-(?:\s|$)/.test(line) ? 1 : 0);
}
