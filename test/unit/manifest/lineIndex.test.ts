import assert from 'node:assert/strict';
import { readFile, updateFile } from '../../../src/manifest/manifestFile';
import { splitDocuments } from '../../../src/manifest/yaml/splitDocuments';
import { createRandom } from '../../../src/playground/runtime/random';

const PIECES = ['---\n', '...\n', '---', '...', '\n', '\n---\n', '--- x\n', 'a: 1\n', '# c\n', '%d\n', '\r\n', '\r', ' ', 'a', '\ufeff', '\u2028'];

describe('a file that is changed piece by piece', () => {
  const random = createRandom(11);
  const pick = (below: number): number => Math.floor(random.next() * below);
  const piece = (): string => PIECES[pick(PIECES.length)] ?? '';

  it('has the documents and the lines of its text', () => {
    for (let run = 0; run < 150; run += 1) {
      let file = readFile(Array.from({ length: pick(14) }, piece).join(''));
      for (let change = 0; change < 10; change += 1) {
        const { text } = file;
        const at = pick(text.length + 1);
        const next = pick(2) === 0 ? `${text.slice(0, at)}${piece()}${text.slice(at)}` : `${text.slice(0, at)}${text.slice(at + 1 + pick(6))}`;
        file = updateFile(file, next);
        assert.deepEqual(file.documents.map(({ start, document }) => [start, document.text]), splitDocuments(next).map((chunk) => [chunk.start, chunk.text]), JSON.stringify([text, next]));
        for (let offset = 0; offset <= next.length; offset += 1) {
          const lines = next.slice(0, offset).split('\n');
          const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
          assert.deepEqual(file.lines.positionAt(offset), position, JSON.stringify([next, offset]));
          assert.equal(file.lines.offsetAt(position), offset, JSON.stringify([next, offset]));
        }
      }
    }
  });

  it('answers for places that it has not', () => {
    const { lines } = readFile('a: 1\n---\nb: 22\n');
    assert.deepEqual(lines.positionAt(-5), { line: 0, character: 0 });
    assert.deepEqual(lines.positionAt(99), { line: 3, character: 0 });
    assert.equal(lines.offsetAt({ line: -1, character: 7 }), 0);
    assert.equal(lines.offsetAt({ line: 0, character: 99 }), 5);
    assert.equal(lines.offsetAt({ line: 9, character: 0 }), 15);
  });
});
