import assert from 'node:assert/strict';
import { jsonFault } from '../../../src/manifest/jsonFault';

describe('A text that is no JSON', () => {
  for (const [marked, what] of [
    ['{"a": {"name": "b" ⟦"namespace"⟧: "c"}}', 'a comma that is missing'],
    ['{"a": {"name": "b",⟦}⟧}', 'a comma too many'],
    ['{"a": ⟦b⟧}', 'a word'],
    ["{⟦'a'⟧: 1}", 'other quotes'],
    ['{⟦a⟧: 1}', 'a key without quotes'],
    ['{"a" ⟦1⟧}', 'a colon that is missing'],
    ['{"a": [1, 2⟦}⟧', 'a bracket that is not closed'],
    ['{"a": "b⟦"⟧', 'a brace that is not closed'],
    ['{"a": "b"} ⟦}⟧', 'a brace too many'],
    ['{"a": ⟦"b\\q"⟧}', 'an escape that is none'],
    ['{"a": ⟦"b}⟧', 'a quote that is not closed'],
    ['{"a": ⟦01⟧}', 'a number that is none'],
    ['', 'nothing'],
  ] as const) {
    it(`stops being some at ${what}`, () => {
      const text = marked.replace(/[⟦⟧]/g, '');
      assert.throws(() => JSON.parse(text) as unknown);
      const { start, end } = jsonFault(text);
      assert.equal(text === '' ? '' : `${text.slice(0, start)}⟦${text.slice(start, end)}⟧${text.slice(end)}`, marked);
    });
  }

  it('may be nested as deep as it likes', () => assert.equal(jsonFault('['.repeat(100_000)).start > 0, true));
});
