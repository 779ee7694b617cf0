import assert from 'node:assert/strict';
import { readDocument } from '../../../../src/manifest/manifestDocument';
import { checkSchema } from '../../../../src/manifest/schema/checkSchema';
import { celValue, evaluateCel, isReadableRule, isTransitionRule } from '../../../../src/manifest/schema/evaluateCel';
import { hasCreateRules } from '../../../../src/manifest/schema/checkRules';
import type { StructuralSchema, ValidationRule } from '../../../../src/kubeblocks/schema/crd';
import { LINES } from '../../../../src/kubeblocks/kinds';
import { dialectOf } from '../../../support/manifestDialect';

function policy(spec: string): string {
  return `apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: BackupPolicy\nmetadata: {name: p}\nspec:\n  backupMethods: [{name: a, actionSetName: a}]\n${spec}`;
}

function faultsOf(text: string) {
  const [object] = readDocument(text).objects;
  const kind = object === undefined ? undefined : dialectOf('1.0').kindOf(object.apiVersion, object.kind);
  assert.ok(object && kind);
  return checkSchema(object.root, kind).map(({ code, path, message }) => [code, path.join('.'), message]);
}

describe('CEL rules', () => {
  it('are asked of a new object, with its defaults', () => {
    assert.deepEqual(faultsOf(policy('  target: {}\n')), []);
    assert.deepEqual(faultsOf(policy('  targets: []\n')), []);
    const refused = ['schema/cel', 'spec', 'The API server refuses this: either spec.target or spec.targets.'];
    assert.deepEqual(faultsOf(policy('  target: {}\n  targets: []\n')), [refused]);
    assert.deepEqual(faultsOf(policy('')), [refused]);
    assert.deepEqual(faultsOf(policy('  target:\n')), [refused], 'null counts as absent');
  });

  it('are not asked where the structure is wrong', () => {
    assert.deepEqual(faultsOf(policy('  backoffLimit: many\n')).map(([code]) => code), ['schema/type']);
  });

  it('about a change say nothing of a new object', () => {
    assert.ok(isTransitionRule({ rule: 'has(oldSelf.parameters) == has(self.parameters)' }));
    assert.ok(!isTransitionRule({ rule: 'self == oldSelf', optionalOldSelf: true }));
  });

  it('that cannot be evaluated refuse', () => {
    const schema: StructuralSchema = { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } };
    const rule: ValidationRule = { rule: 'self.all(x, size(self.filter(c, c.name == x.name)) == 1)' };
    assert.deepEqual(evaluateCel(rule, celValue([{ name: 'a' }, { name: 'b' }], schema)), { holds: true });
    assert.deepEqual(evaluateCel(rule, celValue([{ name: 'a' }, { name: 'a' }], schema)), { holds: false });
    const verdict = evaluateCel(rule, celValue([{}], schema));
    assert.ok('error' in verdict);
    assert.equal(verdict.error, 'No such key: name');
  });

  it('of every line can be read by the library', () => {
    const rules = new Set<string>();
    const seen = new Set<StructuralSchema>();
    const collect = (schema: StructuralSchema): void => {
      if (seen.has(schema)) return;
      seen.add(schema);
      for (const rule of schema['x-kubernetes-validations'] ?? []) if (!isTransitionRule(rule)) rules.add(rule.rule);
      for (const below of [...Object.values(schema.properties ?? {}), schema.items, schema.additionalProperties]) if (typeof below === 'object') collect(below);
    };
    for (const line of LINES) for (const { schema } of dialectOf(line).kinds) collect(schema);
    assert.ok(rules.size > 15);
    assert.deepEqual([...rules].filter((rule) => !isReadableRule({ rule })), []);
    assert.ok(!isReadableRule({ rule: 'self.(' }));
    assert.ok(hasCreateRules(dialectOf('1.0').kindOf('dataprotection.kubeblocks.io/v1alpha1', 'BackupPolicy')?.schema ?? {}));
  });
});
