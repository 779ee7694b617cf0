import assert from 'node:assert/strict';
import { ruleSeverities, spokenLine } from '../../../../src/manifest/session/languageSettings';

describe('The settings of the language half', () => {
  const reading = (values: Readonly<Record<string, unknown>>) => (key: string): unknown => values[key];

  for (const { chosen, connected, expected } of [
    { chosen: '0.9', connected: '1.1', expected: { line: '0.9', from: 'setting' } },
    { chosen: 'auto', connected: '1.1', expected: { line: '1.1', from: 'cluster' } },
    { chosen: 'auto', connected: undefined, expected: { line: '1.2', from: 'newest' } },
    { chosen: 7, connected: undefined, expected: { line: '1.2', from: 'newest' } },
  ] as const) {
    it(`judge by ${expected.line} where ${chosen} is set and ${connected ?? 'nothing'} is connected`, () => {
      assert.deepEqual(spokenLine(reading({ kubeblocksVersion: chosen }), connected), expected);
    });
  }

  it('take only severities that exist', () => {
    assert.deepEqual(ruleSeverities(reading({ rules: { 'KB-S002': 'off', 'KB-B001': 'hint', 'KB-B002': 'loud', 'KB-R001': 3 } })), { 'KB-S002': 'off', 'KB-B001': 'hint' });
    assert.deepEqual(ruleSeverities(reading({ rules: 'off' })), {});
  });
});
