import assert from 'node:assert/strict';
import { judgeFile } from '../../../src/manifest/judgeFile';
import { isKustomization, kustomizedBy, readKustomization, type Kustomized } from '../../../src/manifest/kustomization';
import { readFile } from '../../../src/manifest/manifestFile';
import { inventoryFacts } from '../../../src/manifest/facts/inventoryFacts';
import { dialectOf } from '../../support/manifestDialect';
import { anInventory } from '../../support/builders';

const by = (texts: Readonly<Record<string, string>>): ((path: string) => Kustomized) => {
  const of = kustomizedBy(Object.entries(texts).map(([path, text]) => [`file:///w/${path}`, readKustomization(`file:///w/${path}`, text)]));
  return (path) => of(`file:///w/${path}`);
};

describe('A kustomization', () => {
  it('is known by its name alone', () => {
    assert.deepEqual(['kustomization.yaml', 'kustomization.yml', 'Kustomization', 'my-kustomization.yaml', 'kustomization'].map((name) => isKustomization(`file:///w/${name}`)), [true, true, true, false, false]);
  });

  it('names its patches in each of the ways that kustomize knows, and holds others itself', () => {
    const of = by({
      'prod/kustomization.yaml': '# ours\n---\npatches:\n  - path: cluster.yaml\n    target: {kind: Cluster}\n  - patch: |-\n      - op: remove\n        path: /spec/backup\n  - path: ./json 6902.yaml\n    target: {kind: Backup}\npatchesStrategicMerge:\n  - ../shared/policy.yaml\n  - |-\n    kind: Backup\npatchesJson6902:\n  - path: ops.yaml\nresources: [base.yaml]\n',
    });
    const patches = ['prod/cluster.yaml', 'prod/json%206902.yaml', 'shared/policy.yaml', 'prod/ops.yaml', 'prod/base.yaml', 'cluster.yaml'].filter((path) => of(path).isPatch);
    assert.deepEqual(patches, ['prod/cluster.yaml', 'prod/json%206902.yaml', 'shared/policy.yaml', 'prod/ops.yaml']);
  });

  it('may be half typed, or something else', () => {
    for (const text of ['', 'patches', 'patches: [', 'patches:\n  - path:\n  - \n', '- a', 'patches: {path: a}']) assert.equal(by({ 'kustomization.yaml': text })('a').isPatch, false, text);
  });

  it('gives what it owns, through folders too, other names or a namespace', () => {
    const of = by({
      'base/kustomization.yml': 'resources: [cluster.yaml, ../base]\n',
      'dev/kustomization.yaml': 'resources: [../base/]\nnamespace: dev\n',
      'prod/Kustomization': 'resources: [own.yaml]\nnamePrefix: prod-\n',
    });
    const moved = (path: string, ...namespaces: (string | undefined)[]): boolean[] => namespaces.map((namespace) => of(path).isMoved(namespace));
    assert.deepEqual(moved('base/cluster.yaml', undefined, 'dev', 'shop'), [false, false, true]);
    assert.deepEqual(moved('prod/own.yaml', undefined, 'shop'), [true, true]);
    assert.deepEqual(moved('other.yaml', undefined, 'shop'), [false, false]);
  });
});

describe('A patch', () => {
  const found = (text: string, kustomized: Partial<Kustomized>): string[] =>
    judgeFile(readFile(text), [inventoryFacts(anInventory())], dialectOf('1.0'), { kustomized: { isPatch: false, isMoved: () => false, ...kustomized } }).map(({ code }) => code);
  const tables: readonly (readonly [what: string, text: string, findings: readonly string[]])[] = [
    ['nothing of what its base has', 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: BackupPolicy\nmetadata: {name: p}\nspec: {backoffLimit: 3}\n', []],
    ['nothing of an item that its base has', 'apiVersion: apps.kubeblocks.io/v1\nkind: Cluster\nmetadata: {name: c}\nspec: {componentSpecs: [{name: pg}], backup: {pitrEnabled: true}}\n', []],
    ['nothing of an object without a name, which its target gives', 'kind: Backup\n', []],
    ['nothing of what is for kustomize', 'apiVersion: apps.kubeblocks.io/v1\nkind: Cluster\nmetadata: {name: c}\nspec: {componentSpecs: [{name: pg, $patch: delete}], $retainKeys: [backup]}\n', []],
    ['nothing of a list of operations', '- op: replace\n  path: /spec/retentionPeriod\n  value: 7d\n', []],
    ['a field that nothing has', 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: BackupPolicy\nmetadata: {name: p}\nspec: {backofLimit: 3}\n', ['schema/unknown-field']],
    ['a value that nothing takes', 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: Backup\nmetadata: {name: b}\nspec: {deletionPolicy: delete}\n', ['schema/enum']],
    ['a value that no controller takes', 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: BackupSchedule\nmetadata: {name: s}\nspec: {schedules: [{cronExpression: "0 25 * * *", retentionPeriod: 7days}]}\n', ['KB-S001', 'KB-S002']],
  ];
  for (const [what, text, findings] of tables) it(`is told ${what}`, () => assert.deepEqual(found(text, { isPatch: true }), findings));

  const BACKUP = 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: Backup\nmetadata: {name: b, namespace: shop}\nspec: {backupPolicyName: p, backupMethod: m}\n';
  it('is not needed for names that kustomize changes to be left alone', () => {
    assert.deepEqual(found(BACKUP, {}), ['KB-B003']);
    assert.deepEqual(found(BACKUP, { isMoved: (namespace) => namespace === 'shop' }), []);
  });
});
