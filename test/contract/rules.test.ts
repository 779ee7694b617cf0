import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LINES } from '../../src/kubeblocks/kinds';
import { fixesAt } from '../../src/manifest/assist/fixesAt';
import { judgeFile } from '../../src/manifest/judgeFile';
import { readFile } from '../../src/manifest/manifestFile';
import { RULES } from '../../src/manifest/rules/registry';
import { dialectOf } from '../support/manifestDialect';
import { expectedIn, foundIn, ruleFixtures, type RuleFixture } from '../support/ruleFixtures';
import { WITHOUT_FIX } from '../support/rulesWithoutFix';

const DOCS = join(__dirname, '..', '..', 'docs', 'rules');
const SOURCES = join(__dirname, '..', '..', 'src', 'manifest', 'rules');
const FILES = readdirSync(SOURCES).map((name) => readFileSync(join(SOURCES, name), 'utf8'));

/** The comment before the rule, which no bundle carries. */
function docOf(code: string): string {
  const text = FILES.find((file) => file.includes(`  code: '${code}',`)) ?? '';
  return /\/\*\*(?:(?!\*\/)[^])*\*\/\n(?=export const \w+: Rule = \{)/.exec(text)?.[0] ?? '';
}

/** Whether the editor offers to put something right that the rule finds in a wrong manifest of its own. */
function isFixed(code: string, { text, cluster, lines }: RuleFixture): boolean {
  const file = readFile(text);
  return lines.some((line) => fixesAt(file, judgeFile(file, cluster === undefined ? [] : [cluster], dialectOf(line)), { start: 0, end: text.length }).some(({ finding }) => finding.code === code));
}

describe('rules', () => {
  it('have codes of their own', () => {
    assert.equal(new Set(RULES.map(({ code }) => code)).size, RULES.length);
  });

  it('that have no fix are rules', () => {
    const codes: readonly string[] = RULES.map(({ code }) => code);
    assert.deepEqual(Object.keys(WITHOUT_FIX).filter((code) => !codes.includes(code)), []);
  });

  const index = readFileSync(join(DOCS, 'README.md'), 'utf8');
  for (const rule of RULES) {
    describe(rule.code, () => {
      it('has evidence, lines, kinds and a title', () => {
        assert.match(rule.code, /^KB-[A-Z]\d{3}$/);
        assert.match(rule.title, /^[A-Z].{10,70}[^.]$/);
        assert.match(docOf(rule.code), /@see \S.{5,}/, 'its doc comment says what shows it');
        assert.ok(rule.lines.length > 0 && rule.lines.every((line) => LINES.includes(line)));
        assert.ok(rule.kinds.length > 0);
      });

      it('has a page, and a line in the list of pages', () => {
        const page = join(DOCS, `${rule.code}.md`);
        assert.ok(existsSync(page), page);
        const text = readFileSync(page, 'utf8');
        assert.ok(text.startsWith(`# ${rule.code}: ${rule.title}\n`), 'the page begins with code and title');
        for (const heading of ['## What happens', '## What to do']) assert.ok(text.includes(`\n${heading}\n`), heading);
        assert.ok(index.includes(`[${rule.code}](${rule.code}.md)`), 'docs/rules/README.md lists it');
      });

      const fixtures = ruleFixtures(rule);
      it('has wrong and right manifests', () => {
        assert.ok(fixtures.some(({ isWrong }) => isWrong));
        assert.ok(fixtures.some(({ isWrong }) => !isWrong));
      });

      it('has a fix, or a reason for none', () => {
        const isSaid = Object.hasOwn(WITHOUT_FIX, rule.code);
        assert.notEqual(fixtures.some((fixture) => isFixed(rule.code, fixture)), isSaid, isSaid ? 'it has a fix: its reason for none goes' : 'none of its wrong manifests is offered a fix: write one, or say in rulesWithoutFix.ts why there is none');
      });

      for (const fixture of fixtures) {
        for (const line of fixture.lines) {
          it(`judges ${fixture.name} on ${line}`, () => {
            const found = foundIn(fixture, line);
            const expected = expectedIn(fixture);
            assert.equal(fixture.isWrong, expected.length > 0, 'wrong manifests expect findings, right ones none');
            const byText = [...found].sort();
            const matches = [...expected].sort().every((text, index) => byText[index]?.startsWith(text));
            assert.ok(matches && found.length === expected.length, `found\n${found.join('\n')}\nexpected\n${expected.join('\n')}`);
            if (fixture.isWrong) assert.ok(found.some((text) => text.includes(` ${rule.code} `)));
          });
        }
      }
    });
  }
});
