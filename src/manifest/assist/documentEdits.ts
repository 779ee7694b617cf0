import type { ManifestFile } from '../manifestFile';
import type { TextEdit } from './textEdit';

/** What makes one state of a file of another: an edit for each document that changes. */
export function documentEdits(before: ManifestFile, after: ManifestFile): readonly TextEdit[] {
  if (before.text === after.text) return [];
  if (before.documents.length !== after.documents.length) return [{ start: 0, end: before.text.length, newText: after.text }];
  return before.documents.flatMap(({ document, start }, index) => {
    const newText = after.documents[index]?.document.text ?? '';
    return newText === document.text ? [] : [{ start, end: start + document.text.length, newText }];
  });
}
