import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../src/manifest/rules/registry';

const DOCS = join(__dirname, '..', '..', 'docs', 'rules');

interface Row {
  readonly section: string;
  readonly first: string;
  readonly found: string;
}

/** Rows of every table of the page, with the heading they stand under. */
function rowsOf(text: string): readonly Row[] {
  let section = '';
  return text.split('\n').flatMap((line) => {
    section = /^## (.*)$/.exec(line)?.[1] ?? section;
    const cells = line.startsWith('| ') ? line.slice(2, -2).split(' | ') : [];
    const [first, , found] = cells;
    return first === undefined || found === undefined || found === 'found by' ? [] : [{ section, first, found }];
  });
}

describe('the page of what is foreseen', () => {
  const rows = rowsOf(readFileSync(join(DOCS, 'coverage.md'), 'utf8'));

  it('has the numbers of a section without a gap', () => {
    for (const section of new Set(rows.map((row) => row.section))) {
      const numbers = rows.filter((row) => row.section === section && /^\d+$/.test(row.first)).map(({ first }) => Number(first));
      assert.deepEqual(numbers, numbers.map((_, index) => index + 1), section);
    }
    assert.equal(rows.filter(({ section }) => section === 'Refused or failed by KubeBlocks').length, 49);
  });

  it('names in each row what finds it, or says why nothing does', () => {
    for (const { first, found } of rows) assert.match(found, /^(?:\[(?:KB-[A-Z]\d{3}|schema|syntax)\]\(|not shown: .{20})/, first);
  });

  it('names rules and pages that there are', () => {
    const codes = new Set<string>(RULES.map(({ code }) => code));
    for (const { first, found } of rows) {
      for (const [, name = '', page = ''] of found.matchAll(/\[([\w-]+)\]\(([\w.-]+)\)/g)) {
        assert.ok(existsSync(join(DOCS, page)), `${first}: ${page}`);
        if (name.startsWith('KB-')) assert.ok(codes.has(name), `${first}: ${name}`);
      }
    }
  });
});
