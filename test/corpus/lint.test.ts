import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LINES, type KubeBlocksLine } from '../../src/kubeblocks/kinds';
import { judgeFile } from '../../src/manifest/judgeFile';
import { readFile } from '../../src/manifest/manifestFile';
import { spanInFile } from '../../src/manifest/place';
import { dialectOf } from '../support/manifestDialect';
import { sharedFolder } from '../support/sharedFolder';

const GOLDEN = join(__dirname, '..', 'fixtures', 'corpus', 'lint.tsv');
const FOLDERS = ['corpus', 'corpus-md', 'corpus-helm'];

/**
 * Every manifest of KubeBlocks and its add-ons that we have, judged on the line it was written for. Each finding in the
 * golden table was judged by eye, and is a true one; `UPDATE_GOLDEN=1` writes it anew.
 */
describe('real manifests, linted', () => {
  it('have the findings that the table holds, and no others', function () {
    this.timeout(60_000);
    const rows = FOLDERS.flatMap((name) => {
      const folder = sharedFolder(this, join('corpus', name));
      return readdirSync(folder).sort().flatMap((file) => findingsOf(join(folder, file), file).map((found) => [name, file, lineOf(file), found].join('\t')));
    });
    const table = `${[['folder', 'file', 'line', 'finding'].join('\t'), ...rows].join('\n')}\n`;
    if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(GOLDEN, table);
    assert.equal(table, readFileSync(GOLDEN, 'utf8'));
  });
});

function findingsOf(path: string, name: string): string[] {
  const file = readFile(readFileSync(path, 'utf8'));
  return judgeFile(file, [], dialectOf(lineOf(name))).map(({ place, severity, code, message }) => {
    const { line, character } = file.lines.positionAt(spanInFile(file, place)?.start ?? 0);
    return `${line + 1}:${character + 1} ${severity} ${code} ${message}`;
  });
}

/** What its branch says; files without one are of main, the 1.2 line. */
function lineOf(file: string): KubeBlocksLine {
  return LINES.find((line) => file.includes(`@release-${line}`)) ?? '1.2';
}
