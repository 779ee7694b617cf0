import assert from 'node:assert/strict';
import { objectOf } from '../../../src/manifest/manifestObject';
import { judge, type JudgeOptions } from '../../../src/manifest/judge';
import { judgeFile } from '../../../src/manifest/judgeFile';
import { readFile } from '../../../src/manifest/manifestFile';
import { spanInFile } from '../../../src/manifest/place';
import { dialectOf } from '../../support/manifestDialect';

const HEAD = 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: Backup\nmetadata: {name: b}\nspec:\n  backupPolicyName: p\n';

/** `code "text under it"` of each finding. */
function found(text: string, options: JudgeOptions = {}): string[] {
  const file = readFile(text);
  return judgeFile(file, [], dialectOf('1.0'), options).map(({ code, place }) => {
    const span = spanInFile(file, place);
    return `${code} ${JSON.stringify(text.slice(span?.start, span?.end))}`;
  });
}

describe('judging a file', () => {
  const tables: readonly (readonly [what: string, text: string, findings: readonly string[]])[] = [
    ['a value that is not allowed', `${HEAD}  backupMethod: m\n  deletionPolicy: delete\n`, ['schema/enum "delete"']],
    ['a missing field at the map that lacks it', HEAD, ['schema/missing-field "spec"']],
    ['a field without a value as missing', `${HEAD}  backupMethod:\n`, ['schema/missing-field "backupMethod"']],
    ['a misspelt field at its key', `${HEAD}  backupMethod: m\n  retensionPeriod: 7d\n`, ['schema/unknown-field "retensionPeriod"']],
    ['a misspelt field that is required once', `${HEAD}  backupMethd: m\n`, ['schema/unknown-field "backupMethd"']],
    ['a misspelt field that is required once, whatever its value', `${HEAD}  backupMethd: {}\n`, ['schema/unknown-field "backupMethd"']],
    ['a misspelt name once', HEAD.replace('{name', '{nmae').replace(/$/, '  backupMethod: m\n'), ['schema/unknown-field "nmae"']],
    ['a misspelt field beside another that is missing', `${HEAD.replace(/ {2}backupPolicy.*/, '')}  backupMethd: m\n`, ['schema/missing-field "spec"', 'schema/unknown-field "backupMethd"']],
    ['YAML 1.1 booleans as kubectl reads them', `${HEAD}  backupMethod: on\n`, ['schema/type "on"']],
    ['a key given twice at the second', `${HEAD}  backupMethod: m\n  backupMethod: full\n`, ['syntax/duplicateKey "backupMethod"']],
    ['two items with the same key', `${HEAD}  backupMethod: m\n  parameters: [{name: a, value: one}, {name: a, value: two}]\n`, ['schema/duplicate "a"']],
    ['a null item of a list', `${HEAD}  backupMethod: m\n  parameters: [~]\n`, ['schema/type "~"']],
    ['a half-typed key once, and nothing as missing', `${HEAD}  back\n`, ['syntax/missing_char "back"']],
    ['a kind of an older group, with what serves it', 'apiVersion: storage.kubeblocks.io/v1alpha1\nkind: StorageProvider\nmetadata: {name: s}\nspec: {}\n', ['schema/kind "storage.kubeblocks.io/v1alpha1"']],
    ['a misspelt kind', HEAD.replace('Backup', 'Backupp'), ['schema/kind "Backupp"']],
    ['a manifest without a kind', HEAD.replace('kind: Backup', 'kind:'), ['schema/missing-field "kind"']],
    ['a manifest of our kinds without an apiVersion', HEAD.replace(/^apiVersion.*\n/, ''), ['schema/missing-field "kind"']],
    ['a manifest of our kinds whose apiVersion is no text', 'apiVersion: null\nkind: Cluster\nspec: {terminationPolicy: Delete}\n', ['schema/missing-field "apiVersion"']],
    ['a manifest of our kinds that says no more than its spec', 'kind: Cluster\nspec: {terminationPolicy: Delete}\n', ['schema/missing-field "kind"']],
    ["a kind of ours in another group of KubeBlocks'", HEAD.replace('dataprotection', 'apps'), ['schema/kind "apps.kubeblocks.io/v1alpha1"']],
    ['a kind of ours in a misspelt group', HEAD.replace('dataprotection', 'dataprotect'), ['schema/kind "dataprotect.kubeblocks.io/v1alpha1"']],
    ['a key that is not indented like its neighbours once', `${HEAD}  backupMethod: m\n deletionPolicy: Retain\n`, ['syntax/bad_indent " "']],
    ['a tab before a key once', `${HEAD}\tbackupMethod: m\n`, ['syntax/tab_as_indent "\\t"']],
    ['a type of request that is none once', 'apiVersion: operations.kubeblocks.io/v1alpha1\nkind: OpsRequest\nmetadata: {name: o}\nspec: {clusterName: c, type: backup, backup: {backupName: b}}\n', ['schema/enum "backup"']],
    ['what JSON cannot say, whatever the field', 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: BackupRepo\nmetadata: {name: r, annotations: {a: .inf}}\nspec: {storageProviderRef: pvc, pvReclaimPolicy: Retain, config: {}}\n', ['schema/type ".inf"', 'schema/type ".inf"', 'KB-R007 "pvc"']],
    ['a question mark that kubectl cannot read', HEAD.replace(/spec:[^]*/, 'spec: {backupPolicyName: p?, backupMethod: m}\n'), ['syntax/question "p?"']],
    ['nothing of a quantity that is null, which counts as absent', 'apiVersion: apps.kubeblocks.io/v1\nkind: Cluster\nmetadata: {name: c}\nspec:\n  terminationPolicy: Delete\n  componentSpecs:\n    - {name: a, componentDef: a, replicas: 1, resources: {limits: {cpu: }}}\n', []],
    ['a key given twice beside braces in a text', `${HEAD}  backupMethod: m\n  backupMethod: "{{ m }}"\n`, ['syntax/duplicateKey "backupMethod"']],
    ['nothing of other kinds', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: A_B}\ndata: 5\n', []],
    ['nothing of other kinds\' broken YAML', 'kind: ConfigMap\na: "x\n', []],
    ['nothing of templates', `${HEAD}  {{ toYaml . }}\n`, []],
    ['a null document, and an empty file', '---\n---\n# nothing\n', []],
  ];
  for (const [what, text, findings] of tables) {
    it(`reports ${what}`, () => assert.deepEqual(found(text), findings));
  }

  for (const [text, missing] of [['spec: {a: b\nx: y', '}'], ['spec: [a\nx: y', ']'], ['spec:\n  a: "b', '"'], ["spec:\n  a: 'b", "'"]] as const) {
    it(`says of ${JSON.stringify(text)} what is missing`, () => {
      const messages = judgeFile(readFile(HEAD.replace(/spec:[^]*/, text)), [], dialectOf('1.0')).filter(({ source }) => source === 'syntax').map(({ message }) => message);
      assert.deepEqual(messages, [`Something above is not closed: before this, ${missing} is missing.`]);
    });
  }

  it('is silenced by a comment on the line, in the line above, and at the head', () => {
    const wrong = `${HEAD}  backupMethod: m\n  deletionPolicy: delete`;
    assert.deepEqual(found(`${wrong} # kubeblocks-backup: ignore schema/enum\n`), []);
    assert.deepEqual(found(`${wrong} # kubeblocks-backup: ignore KB-B001, schema/type\n`), ['schema/enum "delete"']);
    assert.deepEqual(found(`${wrong} # kubeblocks-backup: ignore\n`), []);
    assert.deepEqual(found(`x: 1\n---\n${wrong.replace('  deletion', '  # kubeblocks-backup: ignore schema/enum\n  deletion')}\n`), []);
    assert.deepEqual(found(`# kubeblocks-backup: ignore schema/enum\n---\nx: 1\n---\n${wrong}\n`), []);
  });

  it('takes severities from settings, and leaves out what is off', () => {
    const text = `${HEAD}  backupMethod: m\n  retentionPeriod: 7days\n`;
    const severityOf = (options: JudgeOptions) => judgeFile(readFile(text), [], dialectOf('1.0'), options).map(({ severity }) => severity);
    assert.deepEqual(severityOf({}), ['error']);
    assert.deepEqual(severityOf({ severities: { 'KB-S002': 'hint' } }), ['hint']);
    assert.deepEqual(severityOf({ severities: { 'KB-S002': 'off' } }), []);
  });
});

describe('judging the objects of a plan', () => {
  it('says the same, with paths and without a text', () => {
    const object = { apiVersion: 'dataprotection.kubeblocks.io/v1alpha1', kind: 'Backup', metadata: { name: 'b' }, spec: { backupPolicyName: 'p', backupMethod: 'm', deletionPolicy: 'Delete', retentionPeriod: '7days' } };
    const [finding, ...others] = judge([objectOf(object)], [], dialectOf('1.0'));
    assert.equal(others.length, 0);
    assert.equal(finding?.code, 'KB-S002');
    assert.ok(finding.place.kind === 'path');
    assert.deepEqual(finding.place.path, ['spec', 'retentionPeriod']);
  });
});
