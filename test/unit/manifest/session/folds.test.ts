import assert from 'node:assert/strict';
import { readFile } from '../../../../src/manifest/manifestFile';
import { folds } from '../../../../src/manifest/session/folds';

describe('Folds', () => {
  const of = (text: string): readonly string[] => folds(readFile(text)).map(({ startLine, endLine }) => `${startLine}-${endLine}`).toSorted();

  it('are what is indented, with lists at the indentation of their key', () => {
    assert.deepEqual(of('kind: Backup\nmetadata:\n  name: a\n  labels:\n    b: c\n\nspec:\n  list:\n  - one: 1\n    two: 2\n  - three\n'), ['1-4', '3-4', '6-10', '7-10', '8-9']);
  });

  it('are the documents of a file with several, too', () => {
    assert.deepEqual(of('kind: A\nspec:\n  a: 1\n---\nkind: B\nspec:\n  b: 1\n'), ['0-2', '1-2', '3-6', '5-6']);
  });
});
