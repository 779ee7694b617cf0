import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { KubeBlocksLine } from '../../../../src/kubeblocks/kinds';
import type { StructuralSchema, ValidationRule } from '../../../../src/kubeblocks/schema/crd';
import { loadCrds } from '../../../../src/playground/admission/loadCrds';
import { evaluate } from '../../../../src/playground/admission/validation/celExpression';
import { validateRules } from '../../../../src/playground/admission/validation/validateRules';

const SCHEMAS = join(__dirname, '../../../../schemas');
const LINES: readonly KubeBlocksLine[] = ['0.9', '1.0', '1.1', '1.2'];

function refusals(schema: StructuralSchema, value: unknown, old?: unknown): readonly string[] {
  return validateRules({ value, old, schema, path: 'spec' }).map(({ path, message }) => `${path}: ${message}`);
}

function ruled(...rules: readonly ValidationRule[]): StructuralSchema {
  const number = { type: 'integer' };
  const item = { type: 'object', properties: { name: { type: 'string' }, n: number } };
  return {
    type: 'object',
    properties: { a: number, b: number, items: { type: 'array', items: item } },
    'x-kubernetes-validations': rules,
  };
}

describe('CEL rules', () => {
  it('refuse what does not hold, with their message, or themselves', () => {
    const schema = ruled({ rule: 'self.a <= self.b', message: ' a is at most b ' }, { rule: ' self.a > 0 ' });
    assert.deepEqual(refusals(schema, { a: 1, b: 2 }), []);
    assert.deepEqual(refusals(schema, { a: -1, b: -2 }), [
      'spec: Invalid value: "object": a is at most b',
      'spec: Invalid value: "object": failed rule: self.a > 0',
    ]);
  });

  it('say what cannot be evaluated in the words of cel-go', () => {
    assert.deepEqual(refusals(ruled({ rule: 'self.a <= self.b' }), { a: 1 }), ['spec: Invalid value: "object": no such key: b evaluating rule: self.a <= self.b']);
  });

  it('make up messages, name a field and a reason', () => {
    const schema = ruled(
      { rule: 'self.a > 1', messageExpression: "'a is ' + string(self.a)", fieldPath: '.a', reason: 'FieldValueForbidden' },
      { rule: 'self.a > 2', message: 'needed', reason: 'FieldValueRequired' },
      { rule: 'self.a > 3', message: 'kept', messageExpression: 'self.nope' },
    );
    assert.deepEqual(refusals(schema, { a: 1 }), [
      'spec.a: Forbidden: a is 1',
      'spec: Required value: needed',
      'spec: Invalid value: "object": kept',
    ]);
  });

  it('compare with what was, where there was something', () => {
    const schema = ruled({ rule: 'self.a == oldSelf.a', message: 'a stays' });
    assert.deepEqual(refusals(schema, { a: 1 }), []);
    assert.deepEqual(refusals(schema, { a: 2 }, { a: 1 }), ['spec: Invalid value: "object": a stays']);
  });

  it('leave alone what an update does not touch', () => {
    assert.deepEqual(refusals(ruled({ rule: 'self.a > 0' }), { a: 0 }, { a: 0 }), []);
  });

  it('find the item that was, by its key', () => {
    const items: StructuralSchema = {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: { type: 'object', properties: { name: { type: 'string' }, n: { type: 'integer', 'x-kubernetes-validations': [{ rule: 'self >= oldSelf' }] } } },
    };
    const schema: StructuralSchema = { type: 'object', properties: { items } };
    const was = { items: [{ name: 'x', n: 1 }, { name: 'y', n: 5 }] };
    assert.deepEqual(refusals(schema, { items: [{ name: 'y', n: 4 }, { name: 'z', n: 0 }] }, was), [
      'spec.items[0].n: Invalid value: "integer": failed rule: self >= oldSelf',
    ]);
  });

  it('of every line are understood', () => {
    const rules = new Set(LINES.flatMap((line) => loadCrds(line, SCHEMAS)).flatMap(({ versions }) => versions.flatMap(({ schema }) => rulesIn(schema))));
    assert.ok(rules.size >= 20);
    for (const rule of rules) {
      const result = evaluate(rule, { self: {}, oldSelf: {} });
      if ('error' in result) assert.match(result.error, /^(no such key|no such overload|size\(\)|range)/i, rule);
    }
  });
});

function rulesIn(schema: StructuralSchema | undefined): readonly string[] {
  if (schema === undefined) return [];
  const { properties = {}, items, additionalProperties } = schema;
  return [
    ...(schema['x-kubernetes-validations'] ?? []).map(({ rule }) => rule),
    ...Object.values(properties).flatMap(rulesIn),
    ...rulesIn(items),
    ...(typeof additionalProperties === 'object' ? rulesIn(additionalProperties) : []),
  ];
}
