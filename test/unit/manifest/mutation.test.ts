import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { complete } from '../../../src/manifest/assist/complete';
import { definition } from '../../../src/manifest/assist/definition';
import { fixAll } from '../../../src/manifest/assist/fixesAt';
import { foldingRanges } from '../../../src/manifest/assist/foldingRanges';
import { hover } from '../../../src/manifest/assist/hover';
import { inlayHints } from '../../../src/manifest/assist/inlayHints';
import { rename } from '../../../src/manifest/assist/rename';
import { symbols } from '../../../src/manifest/assist/symbols';
import { applyEdits } from '../../../src/manifest/assist/textEdit';
import { judgeFile } from '../../../src/manifest/judgeFile';
import { readDocument, readDocumentQuickly } from '../../../src/manifest/manifestDocument';
import { readFile, updateFile } from '../../../src/manifest/manifestFile';
import { documentOf, spanInFile } from '../../../src/manifest/place';
import { createRandom } from '../../../src/playground/runtime/random';
import { assistContext } from '../../support/manifestCaret';
import { dialectOf } from '../../support/manifestDialect';
import { sharedFolder } from '../../support/sharedFolder';

const FIXTURES = join(__dirname, '..', '..', 'fixtures', 'rules');
const PIECES = [':', '-', ' ', '\n', '{', '}', '[', ']', '"', "'", '#', '|', '>', '&a', '*a', ',', '?', '%', '@', '`', '!', '\t', '\r\n', '---\n', '{{', '<<: *a', '\ufeff', '\u{1f600}'];

describe('manifests that are damaged by chance', () => {
  const random = createRandom(7);
  const pick = (below: number): number => Math.floor(random.next() * below);
  const texts = readdirSync(FIXTURES).flatMap((code) => readdirSync(join(FIXTURES, code)).map((name) => readFileSync(join(FIXTURES, code, name), 'utf8')));

  function damage(text: string): string {
    const at = pick(text.length);
    return pick(2) === 0 ? `${text.slice(0, at)}${PIECES[pick(PIECES.length)] ?? ''}${text.slice(at)}` : `${text.slice(0, at)}${text.slice(at + 1 + pick(8))}`;
  }

  it('are read and judged without an exception, within their text, and never beyond the document that was touched', () => {
    for (let round = 0; round < 600; round += 1) {
      const text = damage(damage(texts[pick(texts.length)] ?? ''));
      const untouched = 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: ActionSet\nmetadata:\n  name: whole\nspec:\n  backupType: Full\n';
      const file = readFile(`${untouched}---\n${text}`);
      for (const { place } of judgeFile(file, [], dialectOf('1.0'))) {
        const span = spanInFile(file, place);
        assert.ok(span !== undefined && span.start >= 0 && span.end >= span.start && span.end <= file.text.length, JSON.stringify(text));
        assert.notEqual(documentOf(place), file.documents[0]?.document, JSON.stringify(text));
      }
    }
  });

  it('are assisted at any cursor without an exception, in the text', () => {
    const context = assistContext();
    for (let round = 0; round < 200; round += 1) {
      const file = readFile(damage(damage(texts[pick(texts.length)] ?? '')));
      const offset = pick(file.text.length + 1);
      for (const { range, newText, resolve } of complete(file, offset, context)) {
        assert.ok(range.start <= offset && offset <= range.end && range.end <= file.text.length, JSON.stringify([file.text, offset]));
        assert.ok(newText !== '');
        resolve();
      }
      const findings = judgeFile(file, [], context.dialect);
      applyEdits(file.text, fixAll(file, findings));
      const { range } = hover(file, offset, context, findings) ?? { range: { start: offset, end: offset } };
      assert.ok(range.start <= offset && offset <= range.end, JSON.stringify([file.text, offset]));
      definition(file, offset, context);
      rename(file, offset, 'other', []);
      symbols(file);
      foldingRanges(file);
      inlayHints(file, { start: 0, end: file.text.length }, context);
    }
  });

  it('are the same when they are typed as when they are opened', () => {
    let file = readFile(texts.join('\n---\n'));
    for (let round = 0; round < 60; round += 1) {
      const text = damage(file.text);
      file = updateFile(file, text);
      assert.deepEqual(file.documents.map(({ document, start }) => [document.text, start]), readFile(text).documents.map(({ document, start }) => [document.text, start]));
    }
  });

  it('are mended once: what was fixed has nothing left to fix', () => {
    for (let round = 0; round < 120; round += 1) {
      const mend = (text: string): string => {
        const file = readFile(text);
        return applyEdits(text, fixAll(file, judgeFile(file, [], dialectOf('1.0'))));
      };
      // A fix may uncover what another one mends.
      const settled = mend(mend(mend(damage(texts[pick(texts.length)] ?? ''))));
      assert.equal(mend(settled), settled);
    }
  });

  it('that somebody wrote are judged, mended and assisted without an exception, and their neighbours are left alone', function () {
    this.timeout(60_000);
    const folder = sharedFolder(this, join('corpus', 'corpus'));
    const real = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')).filter((text) => text.length < 6_000);
    const context = assistContext();
    const dialect = dialectOf('1.0');
    const untouched = 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: ActionSet\nmetadata:\n  name: whole\nspec:\n  backupType: Full\n';
    for (let round = 0; round < 150; round += 1) {
      const text = hurt(real[pick(real.length)] ?? '').replace(/^(?:---|\.\.\.)/gm, ' $&');
      const file = readFile(`${untouched}---\n${text}`);
      const findings = judgeFile(file, [], dialect);
      assert.ok(findings.every(({ place }) => documentOf(place) !== file.documents[0]?.document), JSON.stringify(text));
      applyEdits(file.text, fixAll(file, findings));
      const offset = untouched.length + 4 + pick(text.length + 1);
      for (const { resolve } of complete(file, offset, context)) resolve();
      hover(file, offset, context, findings);
    }
  });

  /** Characters cut, a line twice, deeper, with a tab or a half of it, or the line ends of Windows. */
  function hurt(text: string): string {
    const lines = text.split('\n');
    const at = pick(lines.length);
    const line = lines[at] ?? '';
    const ways: readonly (() => string)[] = [
      () => damage(text),
      () => lines.toSpliced(at, 0, line).join('\n'),
      () => lines.toSpliced(at, 1, `${' '.repeat(1 + pick(4))}${line}`).join('\n'),
      () => lines.toSpliced(at, 1, `\t${line}`).join('\n'),
      () => lines.toSpliced(at, 1, line.slice(0, pick(line.length + 1))).join('\n'),
      () => damage(text).replaceAll('\n', '\r\n'),
    ];
    return ways[pick(ways.length)]?.() ?? text;
  }

  it('are read by the fast reader as by the patient one', () => {
    for (let round = 0; round < 600; round += 1) {
      const text = damage(texts[pick(texts.length)] ?? '');
      for (const { document } of readFile(text, readDocument).documents) {
        const quick = readDocumentQuickly(document.text);
        assert.deepEqual([quick.root, quick.faults, quick.isTemplate], [document.root, document.faults, document.isTemplate], JSON.stringify(document.text));
      }
    }
  });
});
