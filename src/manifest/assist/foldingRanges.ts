import type { ManifestFile } from '../manifestFile';

export interface FoldingRange {
  /** Lines from 0, both included. */
  readonly startLine: number;
  readonly endLine: number;
}

/** A fold for each document of a file that has several; what is in them folds by indentation. */
export function foldingRanges(file: ManifestFile): readonly FoldingRange[] {
  if (file.documents.length < 2) return [];
  return file.documents.flatMap(({ document: { text }, start }) => {
    const startLine = file.lines.positionAt(start).line;
    const endLine = file.lines.positionAt(start + text.trimEnd().length).line;
    return endLine > startLine ? [{ startLine, endLine }] : [];
  });
}
