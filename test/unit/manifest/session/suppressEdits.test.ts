import assert from 'node:assert/strict';
import { applyEdits } from '../../../../src/manifest/assist/textEdit';
import { judgeFile } from '../../../../src/manifest/judgeFile';
import { readFile } from '../../../../src/manifest/manifestFile';
import type { ManifestFinding } from '../../../../src/manifest/manifestFinding';
import { suppressInFile, suppressOnLine } from '../../../../src/manifest/session/suppressEdits';
import { dialectOf } from '../../../support/manifestDialect';

const BACKUP = (retention: string): string => `apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: Backup\nmetadata: {name: a}\nspec:\n  backupPolicyName: p\n  backupMethod: m\n  retentionPeriod: ${retention}\n  deletionPolicy: Delete\n`;

function found(text: string): ManifestFinding {
  const [finding] = judgeFile(readFile(text), [], dialectOf('1.0'));
  assert.equal(finding?.code, 'KB-S002');
  return finding;
}

function onLine(text: string): string {
  const file = readFile(text);
  const [finding] = judgeFile(file, [], dialectOf('1.0'));
  assert.ok(finding);
  return applyEdits(text, suppressOnLine(file, finding));
}

const codesIn = (text: string): readonly string[] => judgeFile(readFile(text), [], dialectOf('1.0')).map(({ code }) => code);

describe('Silencing a finding', () => {
  for (const [how, text] of [
    ['plain', BACKUP('7 days')],
    ['quoted', BACKUP("'7 days' # a week")],
    ['with Windows line ends', BACKUP('7 days').replaceAll('\n', '\r\n')],
    ['a block of text', BACKUP('|-\n    7 days')],
  ] as const) {
    it(`on its line, ${how}`, () => {
      assert.deepEqual(codesIn(text), ['KB-S002']);
      const silenced = onLine(text);
      assert.match(silenced, / # kubeblocks-backup: ignore KB-S002\r?\n/);
      assert.deepEqual(codesIn(silenced), []);
    });
  }

  it('on a line that silences another adds to that', () => {
    assert.match(onLine(BACKUP('7 days # kubeblocks-backup: ignore KB-B001')), /7 days # kubeblocks-backup: ignore KB-B001, KB-S002\n/);
  });

  it('is not offered for a line within a text of several', () => {
    const text = BACKUP('"7\n    days"');
    assert.deepEqual(codesIn(text), ['KB-S002']);
    assert.equal(onLine(text), text);
  });

  for (const [how, text] of [
    ['plain', BACKUP('7 days')],
    ['with Windows line ends', BACKUP('7 days').replaceAll('\n', '\r\n')],
    ['behind a byte order mark', `\ufeff${BACKUP('7 days')}`],
    ['of several documents', `---\n${BACKUP('7d')}---\n${BACKUP('7 days')}`],
  ] as const) {
    it(`in a whole file, ${how}`, () => {
      const silenced = applyEdits(text, suppressInFile(readFile(text), found(text)));
      assert.deepEqual(codesIn(silenced), []);
    });
  }
});
