import assert from 'node:assert/strict';
import type { StructuralSchema } from '../../../../src/kubeblocks/schema/crd';
import { validateListKeys } from '../../../../src/playground/admission/validation/validateListKeys';
import { validateValue } from '../../../../src/playground/admission/validation/validateValue';

type Case = readonly [what: string, schema: StructuralSchema, value: unknown, messages: readonly string[]];

const TEXT: StructuralSchema = { type: 'string' };
const TIME: StructuralSchema = { type: 'string', format: 'date-time' };
const NAMED: StructuralSchema = { type: 'object', properties: { name: TEXT, port: { type: 'integer' } } };

/** As the CRD of BackupRepo has it. */
const PATH_PREFIX = '^([a-zA-Z0-9-_]+/?)*$';

describe('validation of a value', () => {
  const cases: readonly Case[] = [
    ['an integer for a number', { type: 'number' }, 1, []],
    ['a fraction for an integer', { type: 'integer' }, 1.5, ['x: Invalid value: "number": x in body must be of type integer: "number"']],
    ['more than 32 bits for int32', { type: 'integer', format: 'int32' }, 2 ** 40, []],
    ['text of the longest length', { type: 'string', maxLength: 2 }, '😀b', []],
    ['text too long', { type: 'string', maxLength: 1 }, 'ab', ['x: Too long: may not be more than 1 byte']],
    ['text too short', { type: 'string', minLength: 2, pattern: 'z' }, 'a', ['x: Invalid value: "a": x in body should be at least 2 chars long']],
    ['a number above an open end', { type: 'number', maximum: 2, exclusiveMaximum: true }, 2, ['x: Invalid value: 2: x in body should be less than 2']],
    ['a number at a closed end', { type: 'number', maximum: 2, minimum: 2 }, 2, []],
    ['a full list', { type: 'array', maxItems: 1, items: TEXT }, ['a'], []],
    ['an overfull list', { type: 'array', maxItems: 1, items: TEXT }, ['a', 'b'], ['x: Too many: 2: must have at most 1 item']],
    ['a list with a repeat', { type: 'array', uniqueItems: true }, [{ a: 1 }, { a: 1 }], [`x: Invalid value: "": x in body shouldn't contain duplicates`]],
    ['an overfull map', { type: 'object', maxProperties: 1 }, { a: 1, b: 2 }, ['x: Too many: 2: must have at most 1 item']],
    ['a time', TIME, '2024-02-29T23:59:59.5+08:00', []],
    ['a time in small letters', TIME, '2024-02-29t23:59:59z', []],
    ['a day that is not', TIME, '2023-02-29T00:00:00Z', [wrongTime('2023-02-29T00:00:00Z')]],
    ['an hour that is not', TIME, '2024-01-01T24:00:00Z', [wrongTime('2024-01-01T24:00:00Z')]],
    ['a time without a zone', TIME, '2024-01-01T00:00:00', [wrongTime('2024-01-01T00:00:00')]],
    ['a list for a time, which nobody minds', TIME, [], []],
    ['a number for a time', TIME, 5, ['x: Invalid value: "int64": x in body must be of type date-time: "int64"']],
    ['a truth for a time', TIME, true, ['x: Invalid value: "": x in body must be of type date-time: ""']],
    [
      'a truth for a number or text',
      { 'x-kubernetes-int-or-string': true },
      true,
      ['x: Invalid value: "boolean": x in body must be of type integer,string: "boolean"'],
    ],
    ['what must not be', { not: { required: ['a'] } }, { a: 1 }, ['<nil>: Invalid value: "": "x" must not validate the schema (not)']],
    [
      'both of two alternatives',
      { oneOf: [{ required: ['a'] }, { required: ['b'] }] },
      { a: 1, b: 1 },
      ['<nil>: Invalid value: "": "x" must validate one and only one schema (oneOf). Found 2 valid alternatives'],
    ],
    [
      'a path prefix that a backtracking engine would never be done with',
      { type: 'string', pattern: PATH_PREFIX },
      `${'a'.repeat(64)}!`,
      [`x: Invalid value: "${'a'.repeat(64)}!": x in body should match '${PATH_PREFIX}'`],
    ],
    ['a path prefix', { type: 'string', pattern: PATH_PREFIX }, 'a/b-c_d/', []],
    ['a path prefix with an empty part', { type: 'string', pattern: PATH_PREFIX }, 'a//b', [`x: Invalid value: "a//b": x in body should match '${PATH_PREFIX}'`]],
    [
      'one of all',
      { allOf: [TEXT, { type: 'string', pattern: '^b' }] },
      'a',
      [`x: Invalid value: "a": x in body should match '^b'`, '<nil>: Invalid value: "": "x" must validate all the schemas (allOf)'],
    ],
  ];
  for (const [what, schema, value, messages] of cases) {
    it(`${messages.length === 0 ? 'takes' : 'refuses'} ${what}`, () => {
      assert.deepEqual(
        validateValue(value, schema, 'x').map(({ path, message }) => `${path}: ${message}`),
        messages,
      );
    });
  }
});

describe('keys of a list', () => {
  const set: StructuralSchema = { 'x-kubernetes-list-type': 'set', items: TEXT };
  const map = (...keys: string[]): StructuralSchema => ({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': keys, items: NAMED });
  const cases: readonly Case[] = [
    ['different items of a set', set, ['a', 'b'], []],
    ['a third copy once', set, ['a', 'a', 'a'], ['x[1]: Duplicate value: "a"']],
    ['items of one name', map('name'), [{ name: 'a' }, { name: 'b' }, { name: 'a', port: 1 }], ['x[2]: Duplicate value: {"name":"a"}']],
    ['items without a name', map('name'), [{}, { port: 1 }], ['x[1]: Duplicate value: {}']],
    ['items that differ in one of two keys', map('name', 'port'), [{ name: 'a', port: 1 }, { name: 'a', port: 2 }], []],
    ['items alike in two keys', map('port', 'name'), [{ name: 'a', port: 1 }, { name: 'a', port: 1 }], ['x[1]: Duplicate value: {"name":"a","port":1}']],
    ['an item that is none', map('name'), [{ name: 'a' }, 'a'], ['x[1]: Invalid value: "a": must be an object for an array of list-type map']],
    ['lists in a map', { additionalProperties: set }, { k: ['a', 'a'] }, ['x[k][1]: Duplicate value: "a"']],
  ];
  for (const [what, schema, value, messages] of cases) {
    it(`${messages.length === 0 ? 'takes' : 'refuses'} ${what}`, () => {
      assert.deepEqual(
        validateListKeys(value, schema, 'x').map(({ path, message }) => `${path}: ${message}`),
        messages,
      );
    });
  }
});

function wrongTime(text: string): string {
  return `x: Invalid value: "${text}": x in body must be of type date-time: "${text}"`;
}
