import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LINES, type KubeBlocksLine } from '../../src/kubeblocks/kinds';
import { convert } from '../../src/manifest/assist/convert';
import { fixAll, fixesAt, type FixAction } from '../../src/manifest/assist/fixesAt';
import { applyEdits } from '../../src/manifest/assist/textEdit';
import { judgeFile } from '../../src/manifest/judgeFile';
import { readFile, type ManifestFile } from '../../src/manifest/manifestFile';
import type { ManifestFinding } from '../../src/manifest/manifestFinding';
import { documentOf } from '../../src/manifest/place';
import { dialectOf } from '../support/manifestDialect';
import { sharedFolder } from '../support/sharedFolder';

const FOLDERS = ['corpus', 'corpus-md', 'corpus-helm'];
const ROUNDS = 8;

/**
 * Every fix of everything that is found in real manifests, on the lines they were written for and on all others, on which
 * far more is wrong with them.
 */
describe('fixes in real manifests', () => {
  for (const line of LINES) {
    it(`put right what they are of, break nothing, and leave alone what is around it (${line})`, function () {
      this.timeout(120_000);
      const wrong = FOLDERS.flatMap((name) => {
        const folder = sharedFolder(this, join('corpus', name));
        return readdirSync(folder).sort().flatMap((file) => ['\n', '\r\n'].flatMap((ending) => faultsOf(readFileSync(join(folder, file), 'utf8').replace(/\r?\n/g, ending), line).map((fault) => `${file}${ending === '\n' ? '' : ' (CRLF)'}: ${fault}`)));
      });
      assert.deepEqual(wrong, []);
    });
  }

  it('are made all at once, and a second time change nothing', function () {
    this.timeout(120_000);
    const wrong = FOLDERS.flatMap((name) => {
      const folder = sharedFolder(this, join('corpus', name));
      return readdirSync(folder).sort().flatMap((file) => LINES.filter((line) => !settles(readFileSync(join(folder, file), 'utf8'), line)).map((line) => `${file} on ${line}`));
    });
    assert.deepEqual(wrong, []);
  });

  it('bring them to every other line and leave no error behind that a fix could have put right', function () {
    this.timeout(120_000);
    const wrong = FOLDERS.flatMap((name) => {
      const folder = sharedFolder(this, join('corpus', name));
      return readdirSync(folder).sort().flatMap((file) => conversionFaults(file, readFileSync(join(folder, file), 'utf8')));
    });
    assert.deepEqual(wrong, []);
  });
});

function faultsOf(text: string, line: KubeBlocksLine): string[] {
  const file = readFile(text);
  const findings = judgeFile(file, [], dialectOf(line));
  return fixesAt(file, findings, { start: 0, end: text.length }).flatMap((action) => faultsOfFix(file, findings, action, line).map((fault) => `${action.finding.code} "${action.fix.title}" ${fault}\n${applyEdits(text, action.edits)}`));
}

function faultsOfFix(file: ManifestFile, findings: readonly ManifestFinding[], { finding, fix, edits }: FixAction, line: KubeBlocksLine): string[] {
  const after = readFile(applyEdits(file.text, edits));
  const left = judgeFile(after, [], dialectOf(line));
  const same = (list: readonly ManifestFinding[]): number => list.filter(({ code, message }) => code === finding.code && message === finding.message).length;
  const known = new Set(findings.map(({ code, message }) => `${code} ${message}`));
  const fresh = left.filter(({ severity, code, message }) => severity === 'error' && !known.has(`${code} ${message}`));
  const removes = fix.edits.some(({ kind }) => kind === 'remove');
  const lost = edits.filter(() => !removes).flatMap(({ start, end, newText }) => commentsIn(file.text.slice(start, end)).filter((comment) => !newText.includes(comment)));
  const others = file.documents.filter(({ document }) => document !== documentOf(finding.place)).map(({ document }) => document.text);
  const touched = others.filter((text) => !after.text.includes(text));
  const endings = file.text.includes('\r\n') && /[^\r]\n/.test(after.text);
  return [
    ...(same(left) < same(findings) ? [] : ['is still found']),
    ...fresh.filter(() => !isAnotherMatter(finding)).map(({ code, message }) => `makes a new error: ${code} ${message}`),
    ...lost.map((comment) => `takes a comment away: ${comment}`),
    ...touched.map((text) => `changes another document: ${text.slice(0, 40)}`),
    ...(endings ? ['mixes line ends'] : []),
  ];
}

/** In the group that serves it a kind is looked at for the first time. */
function isAnotherMatter({ code }: ManifestFinding): boolean {
  return code === 'schema/kind';
}

function commentsIn(text: string): readonly string[] {
  return [...text.matchAll(/(?:^|\s)(#.*?)\r?$/gm)].map(([, comment = '']) => comment);
}

/** Whether there comes an end to it. */
function settles(text: string, line: KubeBlocksLine): boolean {
  let now = text;
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = fixed(now, line);
    if (next === now) return true;
    now = next;
  }
  return false;
}

function fixed(text: string, line: KubeBlocksLine): string {
  const file = readFile(text);
  return applyEdits(text, fixAll(file, judgeFile(file, [], dialectOf(line))));
}

function conversionFaults(name: string, text: string): string[] {
  const file = readFile(text);
  const from = LINES.find((line) => name.includes(`@release-${line}`)) ?? '1.2';
  return LINES.filter((line) => line !== from).flatMap((to) => {
    const { text: after, open, edits } = convert(file, dialectOf(from), dialectOf(to), []);
    const again = convert(readFile(after), dialectOf(from), dialectOf(to), []).text;
    const converted = readFile(after);
    const here = new Set(judgeFile(file, [], dialectOf(from)).map(({ code, message }) => `${code} ${message}`));
    const left = judgeFile(converted, [], dialectOf(to)).filter(({ code, message }) => !here.has(`${code} ${message}`));
    return [
      ...(again === after ? [] : [`${name} from ${from} to ${to} changes again`]),
      ...(applyEdits(text, edits) === after ? [] : [`${name} from ${from} to ${to}: the edits say otherwise`]),
      ...(left.length === open.length ? [] : [`${name} from ${from} to ${to}: another number of things is left to a person`]),
      ...fixAll(converted, left).map(({ newText }) => `${name} from ${from} to ${to}: could have been put right: ${newText}`),
    ];
  });
}
