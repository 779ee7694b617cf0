import assert from 'node:assert/strict';
import { editsOf } from '../../../../src/manifest/assist/editsOf';
import { fixAll, fixesAt } from '../../../../src/manifest/assist/fixesAt';
import { applyEdits } from '../../../../src/manifest/assist/textEdit';
import type { FixEdit } from '../../../../src/manifest/fix';
import { judgeFile } from '../../../../src/manifest/judgeFile';
import { readFile } from '../../../../src/manifest/manifestFile';
import type { ManifestObject } from '../../../../src/manifest/manifestObject';
import { RULES } from '../../../../src/manifest/rules/registry';
import { ruleFixtures } from '../../../support/ruleFixtures';
import { dialectOf } from '../../../support/manifestDialect';

const HEAD = 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: Backup\n';

function fixed(text: string, edit: (object: ManifestObject) => FixEdit): string {
  const file = readFile(text);
  const [object] = file.documents[0]?.document.objects ?? [];
  assert.ok(object !== undefined);
  return applyEdits(text, editsOf({ title: 'x', edits: [edit(object)] }, file));
}

describe('edits of fixes', () => {
  const set = (path: readonly (string | number)[], value: unknown) => (object: ManifestObject): FixEdit => ({ kind: 'setValue', object, path, value });
  const insert = (path: readonly (string | number)[], key: string | undefined, value: unknown) => (object: ManifestObject): FixEdit => ({ kind: 'insert', object, path, ...(key !== undefined && { key }), value });
  const remove = (path: readonly (string | number)[]) => (object: ManifestObject): FixEdit => ({ kind: 'remove', object, path });
  const part = (start: number, end: number, value: string) => (object: ManifestObject): FixEdit => ({ kind: 'setValue', object, path: ['spec', 'a'], value, within: { start, end } });
  const texts: readonly (readonly [what: string, text: string, edit: (object: ManifestObject) => FixEdit, after: string])[] = [
    ['set a value and keep its comment', 'spec:\n  a: b # c\n', set(['spec', 'a'], 'd'), 'spec:\n  a: d # c\n'],
    ['keep single quotes', "spec: {a: 'b'}\n", set(['spec', 'a'], "it's"), "spec: {a: 'it''s'}\n"],
    ['keep double quotes', 'spec: {a: "b"}\n', set(['spec', 'a'], 'c'), 'spec: {a: "c"}\n'],
    ['quote what kubectl would read as something else', 'spec:\n  a: b\n', set(['spec', 'a'], 'on'), 'spec:\n  a: "on"\n'],
    ['quote a number that must be text', 'spec:\n  a: 5\n', set(['spec', 'a'], '5'), 'spec:\n  a: "5"\n'],
    ['write a value that is not there', 'spec:\n  a:\n  b: c\n', set(['spec', 'a'], 'd'), 'spec:\n  a: d\n  b: c\n'],
    ['write a field that is not there', 'spec:\n  a: b\n', set(['spec', 'c'], 'd'), 'spec:\n  a: b\n  c: d\n'],
    ['write a map for a value', 'spec:\n  a: b\n  c: d\n', set(['spec', 'a'], { x: 1 }), 'spec:\n  a:\n    x: 1\n  c: d\n'],
    ['rename a key', 'spec:\n  "a": b\n', (object) => ({ kind: 'renameKey', object, path: ['spec', 'a'], key: 'z' }), 'spec:\n  "z": b\n'],
    ['insert a block at the end of its map', 'spec:\n  a:\n    b: c # d\n# e\n', insert(['spec', 'a'], 'x', { z: ['1'] }), 'spec:\n  a:\n    b: c # d\n    x:\n      z:\n        - "1"\n# e\n'],
    ['insert an item at the dash of the others', 'spec:\n  a:\n  - b\n', insert(['spec', 'a'], undefined, { c: 'd' }), 'spec:\n  a:\n  - b\n  - c: d\n'],
    ['insert into braces and brackets', 'spec: {a: [b]}\n', insert(['spec', 'a'], undefined, 'c'), 'spec: {a: [b, c]}\n'],
    ['insert into an empty map', 'spec: {}\n', insert(['spec'], 'a', 'b'), 'spec: {a: b}\n'],
    ['insert with what is missing above', 'spec:\n  a: b\n', insert(['spec', 'c', 'd'], 'e', 'f'), 'spec:\n  a: b\n  c:\n    d:\n      e: f\n'],
    ['remove a field with its lines', 'spec:\n  a: b\n  c:\n    d: e # f\n  g: h\n', remove(['spec', 'c']), 'spec:\n  a: b\n  g: h\n'],
    ['remove the first key of an item', 'spec:\n  a:\n    - b: c\n      d: e\n', remove(['spec', 'a', 0, 'b']), 'spec:\n  a:\n    - d: e\n'],
    ['remove an item', 'spec:\n  a:\n    - b\n    - c\n', remove(['spec', 'a', 0]), 'spec:\n  a:\n    - c\n'],
    ['remove from braces', 'spec: {a: b, c: d}\n', remove(['spec', 'c']), 'spec: {a: b}\n'],
    ['leave an empty map', 'spec:\n  a:\n    b: c\n', remove(['spec', 'a', 'b']), 'spec:\n  a:\n    {}\n'],
    ['leave alone what an alias stands for', 'metadata: {labels: &l {a: b}}\nspec:\n  c: *l\n', set(['spec', 'c', 'a'], 'x'), 'metadata: {labels: &l {a: b}}\nspec:\n  c: *l\n'],
    ['write into a text in single quotes', "spec:\n  a: '{\"it''s\":1}' # c\n", part(8, 9, "\"it's\""), "spec:\n  a: '{\"it''s\":\"it''s\"}' # c\n"],
    ['write into a text in double quotes', 'spec: {a: "{\\"b\\":1}"}\n', part(5, 6, '"1"'), 'spec: {a: "{\\"b\\":\\"1\\"}"}\n'],
    ['write into a block', 'spec:\n  a: |\n    {\n     "b": 1}\n', part(8, 9, '"1"'), 'spec:\n  a: |\n    {\n     "b": "1"}\n'],
    ['write behind what a text says', 'spec:\n  a: >-\n    {"b":\n     1}\n', part(8, 8, ',"c":2'), 'spec:\n  a: >-\n    {"b":\n     1,"c":2}\n'],
    ['leave a text alone whose places cannot be told', 'spec:\n  a: "{\n    1}"\n', part(2, 3, '2'), 'spec:\n  a: "{\n    1}"\n'],
    ['add a document', 'spec: {}', () => ({ kind: 'addDocument', value: { kind: 'Secret' } }), 'spec: {}\n---\nkind: Secret\n'],
  ];
  for (const [what, text, edit, after] of texts) {
    it(what, () => {
      assert.equal(fixed(HEAD + text, edit), HEAD + after);
      const crlf = (lines: string): string => (HEAD + lines).replaceAll('\n', '\r\n');
      assert.equal(fixed(crlf(text), edit), crlf(after), 'with CRLF');
    });
  }
});

describe('a Secret that is missing', () => {
  it('is written behind what needs it, with a placeholder under each key', () => {
    const rule = RULES.find(({ code }) => code === 'KB-R006');
    const fixture = rule === undefined ? undefined : ruleFixtures(rule).find(({ name }) => name === 'wrong-secret.yaml');
    assert.ok(fixture?.cluster !== undefined);
    const file = readFile(fixture.text);
    const [action] = fixesAt(file, judgeFile(file, [fixture.cluster], dialectOf('1.0')), { start: 0, end: file.text.length });
    const secret = '---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: keys\n  namespace: kb-system\nstringData:\n  accessKeyId: <accessKeyId>\n  secretAccessKey: <secretAccessKey>\n';
    assert.equal(applyEdits(file.text, action?.edits ?? []), file.text + secret);
    assert.equal(action?.isPreferred, false);
    assert.deepEqual(fixAll(file, [action.finding]), [], 'nobody asked for it');
  });
});

describe('several fixes of one finding', () => {
  it('are a choice: none is preferred, and fix-all makes none', () => {
    const head = `${HEAD.replace('Backup', 'ActionSet')}metadata: {name: a}\nspec:\n  backupType: Full\n`;
    const file = readFile(`${head}  backup:\n    preBackup:\n      - exec: {command: [sh]}\n        job: {image: a, command: [sh]}\n`);
    const findings = judgeFile(file, [], dialectOf('1.0'));
    const actions = fixesAt(file, findings, { start: 0, end: file.text.length });
    assert.deepEqual(actions.map(({ fix, isPreferred }) => [fix.title, isPreferred]), [['Remove exec', false], ['Remove job', false]]);
    assert.deepEqual(fixAll(file, findings), []);
  });

  it('nor is the only one that a person has to decide on', () => {
    const rule = RULES.find(({ code }) => code === 'KB-R008');
    const fixture = rule === undefined ? undefined : ruleFixtures(rule).find(({ isWrong }) => isWrong);
    assert.ok(fixture?.cluster !== undefined);
    const file = readFile(fixture.text);
    const findings = judgeFile(file, [fixture.cluster], dialectOf('1.0'));
    assert.deepEqual(fixesAt(file, findings, { start: 0, end: file.text.length }).map(({ fix, isPreferred }) => [fix.title, isPreferred]), [['Change to false', false]]);
    assert.deepEqual(fixAll(file, findings), []);
  });
});

describe('fixes of rules', () => {
  for (const rule of RULES) {
    for (const fixture of ruleFixtures(rule).filter(({ isWrong }) => isWrong)) {
      it(`of ${rule.code} put ${fixture.name} right, break nothing, and change nothing twice`, () => {
        const facts = fixture.cluster === undefined ? [] : [fixture.cluster];
        for (const line of fixture.lines) {
          const dialect = dialectOf(line);
          const file = readFile(fixture.text);
          const findings = judgeFile(file, facts, dialect);
          const whole = { start: 0, end: file.text.length };
          for (const { finding, edits } of fixesAt(file, findings, whole)) {
            const after = readFile(applyEdits(file.text, edits));
            const left = judgeFile(after, facts, dialect);
            assert.ok(left.length < findings.length || !left.some(({ code, message }) => code === finding.code && message === finding.message), `${finding.message}\n${after.text}`);
            const errors = (list: typeof findings): number => list.filter(({ severity }) => severity === 'error').length;
            assert.ok(errors(left) <= errors(findings), `new errors in\n${after.text}\n${left.map(({ message }) => message).join('\n')}`);
          }
          let text = file.text;
          for (let round = 0; round < 5; round += 1) {
            const now = readFile(text);
            text = applyEdits(text, fixAll(now, judgeFile(now, facts, dialect)));
          }
          const settled = readFile(text);
          assert.deepEqual(fixAll(settled, judgeFile(settled, facts, dialect)), []);
        }
      });
    }
  }
});
