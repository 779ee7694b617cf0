import assert from 'node:assert/strict';
import { codeLenses } from '../../../../src/manifest/assist/codeLenses';
import { convert } from '../../../../src/manifest/assist/convert';
import { definition } from '../../../../src/manifest/assist/definition';
import { documentLinks } from '../../../../src/manifest/assist/documentLinks';
import { foldingRanges } from '../../../../src/manifest/assist/foldingRanges';
import { hover } from '../../../../src/manifest/assist/hover';
import { inlayHints } from '../../../../src/manifest/assist/inlayHints';
import { MANIFEST_SNIPPETS } from '../../../../src/manifest/assist/manifestSnippets';
import { references } from '../../../../src/manifest/assist/references';
import { rename, renameTarget } from '../../../../src/manifest/assist/rename';
import { LINES } from '../../../../src/kubeblocks/kinds';
import { isBlank } from '../../../../src/manifest/session/manifestText';
import { plainText } from '../../../../src/manifest/assist/snippetsAt';
import { symbols } from '../../../../src/manifest/assist/symbols';
import { applyEdits } from '../../../../src/manifest/assist/textEdit';
import { judgeFile } from '../../../../src/manifest/judgeFile';
import { readFile } from '../../../../src/manifest/manifestFile';
import { accepted, assistContext, atCaret, labels, completions } from '../../../support/manifestCaret';
import { dialectOf } from '../../../support/manifestDialect';
import { clusterFacts } from '../../../support/ruleFixtures';

const DP = 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\n';
const POLICY = `${DP}kind: BackupPolicy\nmetadata: {name: orders, namespace: shop}\nspec:\n  backupMethods:\n    - name: full\n      actionSetName: xb\n`;
const BACKUP = `${DP}kind: Backup\nmetadata:\n  name: b\n  namespace: shop\nspec:\n  backupPolicyName: orders\n  backupMethod: full\n  retentionPeriod: 7d\n`;

/** The words of a hover, a line each. */
function said(marked: string, context = assistContext()): string[] {
  const { file, offset } = atCaret(marked);
  const findings = judgeFile(file, context.facts, context.dialect);
  const blocks = hover(file, offset, context, findings)?.blocks ?? [];
  return blocks.flatMap((block) => (block.kind === 'list' ? block.items : block.kind === 'rule' ? [block.code] : [block.text]));
}

describe('hover says', () => {
  it('what a field means, its type, and since when it exists', () => {
    const words = said(BACKUP.replace('retention', 'reten|tion'));
    assert.equal(words[0], 'spec.retentionPeriod');
    assert.match(words[1] ?? '', /^How long to keep it/);
    assert.ok(words.includes('Type: string'));
    assert.ok(said(`${DP}kind: Backup\nmetadata: {name: b}\nspec:\n  param|eters: []\n`).includes('Since KubeBlocks 0.9'));
  });

  it('a cron expression in words, with its next runs in UTC and local time', () => {
    const words = said(`${DP}kind: BackupSchedule\nmetadata: {name: s}\nspec:\n  schedules:\n    - cronExpression: 0 18| * * *\n`);
    assert.deepEqual(words.slice(0, 4), ['At 18:00, every day (UTC)', 'Next runs:', '2026-11-23 18:00:00 UTC (2026-11-23 23:30:00 local)', '2026-11-24 18:00:00 UTC (2026-11-24 23:30:00 local)']);
  });

  it('when something expires, what a method does, and how a live object is', () => {
    assert.equal(said(BACKUP.replace('7d', '7|d'))[0], 'Kept 7 days: a backup that ends now is removed at 2026-11-30 09:58:00 UTC (2026-11-30 15:28:00 local).');
    assert.deepEqual(said(`${BACKUP.replace('full', 'fu|ll')}---\n${POLICY}`)[0], 'Action set: xb (not known here)');
    const live = clusterFacts(`${POLICY}status: {phase: Available}\n`);
    assert.deepEqual(said(BACKUP.replace('orders', 'ord|ers'), assistContext('1.0', [live])).slice(0, 2), ['BackupPolicy orders in cluster kind-test', 'Phase: Available']);
  });

  it('the page of a rule that found something, and nothing of other kinds', () => {
    assert.ok(said(BACKUP.replace('7d', '7d|ays')).includes('KB-S002'));
    assert.deepEqual(said('apiVersion: v1\nkind: ConfigMap\ndata: {a: b|}\n'), []);
  });
});

describe('names of objects', () => {
  const { file, offset } = atCaret(`${BACKUP.replace('orders', 'ord|ers')}---\n${POLICY}`);
  const other = { uri: 'other.yaml', file: readFile(`${BACKUP.replace('orders', '"orders"')}---\n${BACKUP.replace('shop', 'elsewhere')}`) };

  it('lead to where the object, or the method, is written', () => {
    assert.equal(definition(file, offset, { facts: [] })?.object.kind, 'BackupPolicy');
    const method = atCaret(`${BACKUP.replace('full', 'fu|ll')}---\n${POLICY}`);
    assert.deepEqual(definition(method.file, method.offset, { facts: [] })?.path, ['spec', 'backupMethods', 0, 'name']);
    assert.deepEqual(file.documents.flatMap(documentLinks(file, { facts: [] })).map(({ range }) => file.text.slice(range.start, range.end)), ['orders']);
  });

  it('are found wherever they are used, in their namespace', () => {
    assert.deepEqual(references(file, offset, [other]).map(({ uri, object, path }) => [uri, object.kind, path.join('.')]), [
      [undefined, 'BackupPolicy', 'metadata.name'],
      [undefined, 'Backup', 'spec.backupPolicyName'],
      ['other.yaml', 'Backup', 'spec.backupPolicyName'],
    ]);
  });

  it('are renamed in all files, in their quotes', () => {
    assert.equal(renameTarget(file, offset)?.name, 'orders');
    const [here, there] = rename(file, offset, 'sales', [other]);
    assert.equal(applyEdits(file.text, here?.edits ?? []), file.text.replaceAll('orders', 'sales'));
    assert.equal(applyEdits(other.file.text, there?.edits ?? []), other.file.text.replace('"orders"', '"sales"'));
  });
});

describe('the outline of a file', () => {
  const file = readFile(`${BACKUP}---\n${POLICY}`);

  it('has objects with their fields, folds by document, and hints', () => {
    assert.deepEqual(symbols(file).map(({ name, detail, children }) => [name, detail, children.map((child) => child.name)]), [
      ['b', 'Backup', ['backupPolicyName', 'backupMethod', 'retentionPeriod']],
      ['orders', 'BackupPolicy', ['backupMethods']],
    ]);
    assert.deepEqual(foldingRanges(file), [{ startLine: 0, endLine: 8 }, { startLine: 9, endLine: 16 }]);
    assert.deepEqual(inlayHints(file, { start: 0, end: file.text.length }, assistContext()), [{ offset: file.text.indexOf('7d') + 2, text: '7 days' }]);
  });

  it('says what a cluster holds of each object', () => {
    const lenses = file.documents.flatMap(codeLenses({ facts: [clusterFacts(POLICY)] }));
    assert.deepEqual(lenses.map(({ object, live }) => [object.kind, live?.cluster]), [['Backup', undefined], ['BackupPolicy', 'kind-test']]);
  });
});

describe('whole manifests', () => {
  for (const snippet of MANIFEST_SNIPPETS) {
    for (const line of snippet.lines) {
      it(`${snippet.name()} is right on ${line}`, () => {
        const dialect = dialectOf(line);
        assert.deepEqual(judgeFile(readFile(plainText(snippet.body(dialect))), [], dialect).map(({ message, code }) => `${code} ${message}`), []);
      });
    }
  }

  for (const line of LINES) {
    it(`make every kind of data protection on ${line}`, () => {
      const dialect = dialectOf(line);
      const made = new Set(MANIFEST_SNIPPETS.filter(({ lines }) => lines.includes(line)).flatMap(({ body }) => readFile(plainText(body(dialect))).documents.flatMap(({ document }) => document.objects.map(({ kind }) => kind))));
      const kinds = ['ActionSet', 'Backup', 'BackupPolicy', 'BackupPolicyTemplate', 'BackupRepo', 'BackupSchedule', 'Restore', 'StorageProvider', ...(LINES.indexOf(line) < LINES.indexOf('0.9') ? [] : ['Cluster', 'OpsRequest'])];
      assert.deepEqual(kinds.filter((kind) => !made.has(kind)), []);
    });

    it(`have names of their own on ${line}`, () => {
      const names = MANIFEST_SNIPPETS.filter(({ lines }) => lines.includes(line)).map(({ name }) => name());
      assert.deepEqual(names, [...new Set(names)]);
    });
  }

  it('take the place of the word that was typed, after what stands before', () => {
    const text = accepted('# mine\n---\nsched|', 'Scheduled backup');
    assert.match(plainText(text), /^# mine\n---\napiVersion: dataprotection\.kubeblocks\.io\/v1alpha1\nkind: BackupSchedule\n/);
  });

  for (const [text, expected] of [['', true], ['\n\n', true], ['# note\n---\nsched', true], ['key:', false], ['apiVersion: dataprot', true], ['kind:\n', true], ['apiVersion: \nkind: Backup\n', true], ['apiVersion: v1\nme', false], ['kind: a b', false], ['- item', false], ['a: 1\n---\n', false], ['two words', false]] as const) {
    it(`are${expected ? '' : ' not'} offered by themselves in ${JSON.stringify(text)}`, () => {
      assert.equal(isBlank(text), expected);
    });
  }

  it('are offered in an empty document, for the line that is spoken', () => {
    assert.ok(labels('|').includes('S3 repository with its Secret'));
    assert.ok(labels(`${BACKUP}---\nres|`).includes('Restore to a point in time'));
    assert.equal(labels('|', assistContext('1.0')).includes('Cluster restored to a point in time'), false);
    assert.ok(labels('|', assistContext('1.2')).includes('Cluster restored to a point in time'));
    assert.equal(labels(`${BACKUP}|`).includes('Backup'), false);
  });

  it('say in one line what they are for, and show their text', () => {
    const [{ detail, resolve } = {}] = completions('sched|').filter(({ label }) => label === 'Scheduled backup');
    assert.ok(detail);
    assert.deepEqual(resolve?.().map((block) => (block.kind === 'code' ? block.language : block.kind)), ['yaml']);
  });
});

describe('converting a file to another line', () => {
  it('moves kinds to the group that serves them, and says what is left', () => {
    const text = `# head\n---\napiVersion: storage.kubeblocks.io/v1alpha1\nkind: StorageProvider\nmetadata: {name: s}\nspec: {csiDriverName: x} # kept\n---\n${BACKUP}`;
    const file = readFile(text);
    const { text: after, edits, open } = convert(file, dialectOf('0.9'), dialectOf('1.0'), []);
    assert.equal(after, text.replace('storage.kubeblocks.io', 'dataprotection.kubeblocks.io'));
    assert.equal(applyEdits(text, edits), after);
    assert.deepEqual(open, []);
  });
});
