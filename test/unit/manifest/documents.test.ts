import assert from 'node:assert/strict';
import { readFile, placeAt, rangeIn, updateFile } from '../../../src/manifest/manifestFile';
import { readDocument, readDocumentQuickly } from '../../../src/manifest/manifestDocument';
import { plainObject } from '../../../src/manifest/manifestObject';
import { pathText } from '../../../src/manifest/manifestPath';
import { splitDocuments } from '../../../src/manifest/yaml/splitDocuments';

const BACKUP = 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: Backup\nmetadata:\n  name: b1\nspec:\n  backupMethod: full\n';

describe('documents of a file', () => {
  const cuts: readonly (readonly [what: string, text: string, chunks: readonly string[]])[] = [
    ['one', 'a: 1\n', ['a: 1\n']],
    ['two', 'a: 1\n---\nb: 1\n', ['a: 1\n', '---\nb: 1\n']],
    ['comments before the first marker', '# licence\n---\na: 1\n', ['# licence\n---\na: 1\n']],
    ['a marker within a block scalar', 'a: |\n  x\n---\nb: 1\n', ['a: |\n  x\n', '---\nb: 1\n']],
    ['a longer line that begins like a marker', 'a: |\n ---x\n----\n', ['a: |\n ---x\n----\n']],
    ['content on the line of the marker', 'a: 1\n--- {b: 1}\n', ['a: 1\n', '--- {b: 1}\n']],
    ['an end marker and a directive', 'a: 1\n...\n%YAML 1.2\n---\nb: 1\n', ['a: 1\n...\n', '%YAML 1.2\n---\nb: 1\n']],
    ['a marker behind a carriage return alone, which ends no line to kubectl', 'a: 1\r---\n', ['a: 1\r---\n']],
    ['Windows line ends', 'a: 1\r\n---\r\nb: 1\r\n', ['a: 1\r\n', '---\r\nb: 1\r\n']],
    ['a byte order mark', '\ufeffa: 1\n---\n', ['a: 1\n', '---\n']],
    ['nothing', '', []],
  ];
  for (const [what, text, chunks] of cuts) {
    it(`are cut exactly: ${what}`, () => assert.deepEqual(splitDocuments(text).map((chunk) => chunk.text), chunks));
  }

  it('stay the same objects while their text does, also where they move', () => {
    const before = readFile(`a: 1\n---\n${BACKUP}---\nb: 1\n---\nc: 1\n`);
    const typed = updateFile(before, `a: 12\n---\n${BACKUP}---\nb: 1\n---\nc: 1\n`);
    assert.deepEqual(typed.documents.map(({ document }, index) => document === before.documents[index]?.document), [false, true, true, true]);
    assert.equal(typed.documents[1]?.start, (before.documents[1]?.start ?? 0) + 1);

    const moved = updateFile(before, `a: 1\n---\nc: 1\n---\nb: 1\n---\n${BACKUP}`);
    assert.equal(moved.documents[2]?.document, before.documents[2]?.document);
  });

  it('with the same text are two', () => {
    const file = updateFile(readFile('---\na: 1\n---\na: 1\n'), '---\na: 1\n---\na: 1\n---\na: 1\n');
    assert.equal(new Set(file.documents.map(({ document }) => document)).size, 3);
  });

  it('hold the items of a List as objects of their own', () => {
    const file = readFile(`apiVersion: v1\nkind: List\nitems:\n- ${BACKUP.trimEnd().replaceAll('\n', '\n  ')}\n- kind: Secret\n  apiVersion: v1\n  metadata: {name: s}\n`);
    const [backup, secret] = file.documents[0]?.document.objects ?? [];
    assert.deepEqual([backup?.kind, backup?.name, backup?.base, secret?.name], ['Backup', 'b1', ['items', 0], 's']);
    assert.ok(backup);
    const range = rangeIn(file, backup, ['spec', 'backupMethod'], 'value');
    assert.equal(file.text.slice(range?.start, range?.end), 'full');
  });

  it('follow anchors and merge keys, of which own keys are stronger', () => {
    const { root, objects } = readDocument('apiVersion: v1\nkind: X\nbase: &base {a: 1, b: 2}\nmore: {<<: *base, b: 3}\nsame: *base\n');
    assert.equal(root?.type, 'map');
    assert.ok(objects[0]);
    assert.deepEqual({ ...plainObject(objects[0]) }, { apiVersion: 'v1', kind: 'X', base: { a: 1, b: 2 }, more: { a: 1, b: 3 }, same: { a: 1, b: 2 } });
  });

  it('survive aliases that lead nowhere, to themselves, and to a billion laughs', () => {
    assert.equal(readDocument('a: *gone\n').faults[0]?.code, 'alias');
    assert.equal(readDocument('a: &a [*a]\n').faults[0]?.code, 'alias');
    const laughs = Array.from({ length: 12 }, (_, index) => `k${index}: &a${index} [${index === 0 ? 'x' : Array(9).fill(`*a${index - 1}`).join(', ')}]\n`).join('');
    assert.ok(readDocument(laughs).faults.some(({ code }) => code === 'alias'));
  });

  it('read unquoted scalars as kubectl does', () => {
    const [object] = readDocument('apiVersion: v1\nkind: X\nv: [y, on, No, 010, 0x10, 1_000, 1e3, 1e400, 2026-01-01, 1:30, "y", ~, .5, 0o7, +1]\n').objects;
    assert.ok(object);
    assert.deepEqual(plainObject(object)['v'], [true, true, false, 8, 16, 1000, 1000, '1e400', '2026-01-01', '1:30', 'y', null, 0.5, 7, 1]);
  });

  it('keep what can be read of half-typed text', () => {
    for (const half of ['spec:\n  back', 'spec:\n  backupMethod: "fu', 'spec: {a: ', 'spec:\n\tx: 1', 'spec:\n  - a\n b: 1', 'a: &', 'a: *', '- - -', 'a: !!', '? a\n: - b\n?']) {
      const { objects, faults } = readDocument(`${BACKUP}${half}`);
      assert.ok(objects[0]?.name === 'b1' || faults.length > 0, half);
    }
  });

  it('of a template language are left alone', () => {
    assert.ok(readDocument(`${BACKUP}  {{- if .Values.x }}\n  a: 1\n  {{- end }}\n`).isTemplate);
    assert.ok(readDocument('kind: Backup\nmetadata:\n  name: {{ .Release.Name }}\n').isTemplate);
    assert.ok(readDocument('kind: Backup\nmetadata:\n  name: "{{ .Release.Name }}-b"\n').isTemplate);
    assert.ok(!readDocument(`${BACKUP}  script: |\n    echo {{ x }}\n`).isTemplate);
    assert.ok(readDocument('kind: Backup\nmetadata:\n  name: ${cluster}-daily\n').isTemplate);
    assert.ok(readDocument('kind: Backup\nmetadata:\n  name: daily\n  namespace: ${NAMESPACE:=demo}\n').isTemplate);
    assert.ok(!readDocument(`${BACKUP}  script: |\n    echo \${x}\n`).isTemplate);
    assert.ok(!readDocument(`${BACKUP}  broken: "\${x}\n`).isTemplate);
  });

  it('know the path at a cursor', () => {
    const text = `x: 1\n---\n${BACKUP}  parameters:\n    - name: a\n      value: "1"\n`;
    const file = readFile(text);
    const at = (needle: string): string => {
      const place = placeAt(file, text.indexOf(needle) + 1);
      return `${place?.object?.kind ?? ''} ${pathText(place?.path ?? [])} ${place?.part ?? ''}`;
    };
    assert.equal(at('backupMethod'), 'Backup spec.backupMethod key');
    assert.equal(at('full'), 'Backup spec.backupMethod value');
    assert.equal(at('"1"'), 'Backup spec.parameters[0].value value');
  });
});

describe('the fast reader', () => {
  it('gives the same tree as the patient one', () => {
    const texts = [BACKUP, BACKUP.replaceAll('\n', '\r\n'), '# c\n---\na: {b: [1, "x"], c: {}} # d\ne:\n- - 1\n  - k: v\n- |+\n  t\n\nf: >-\n  a\n  b\n', 'a:\nb: ""\n', '', '# only\n', 'x\n', "a: 'it''s'\n"];
    for (const text of texts) assert.deepEqual(readDocumentQuickly(text), readDocument(text), JSON.stringify(text));
  });

  it('leaves to the patient one what is broken or unusual', () => {
    for (const text of ['a: "x\nb: 1\n', 'a: &x 1\nb: *x\n', 'a: 1\na: 2\n', '? [a]\n: b\n', 'a: !!str 1\n', 'a:\n\tb: 1\n', 'a:\n  - "x"   b: []\n']) {
      assert.deepEqual(readDocumentQuickly(text), readDocument(text), JSON.stringify(text));
    }
  });
});
