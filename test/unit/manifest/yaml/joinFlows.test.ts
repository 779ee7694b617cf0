import assert from 'node:assert/strict';
import { nodeValue } from '../../../../src/manifest/nodeValue';
import { parseYaml } from '../../../../src/manifest/yaml/parseYaml';

/** What sigs.k8s.io/yaml 1.6.0 makes of a text; undefined where it refuses it. */
const TEXTS: readonly (readonly [what: string, text: string, value: unknown])[] = [
  ['keys at the margin', 'a: 1\nspec: {\nb: 2,\nc: 3\n}\nd: 4\n', { a: 1, spec: { b: 2, c: 3 }, d: 4 }],
  ['one key at the margin', 'spec: {\n b: 2,\nc: 3 }\n', { spec: { b: 2, c: 3 } }],
  ['items no deeper than their key', 'spec:\n  list: [\n  {b: 2,\n c: "it\'s }"} # one }\n  ]\n  d: 4\n', { spec: { list: [{ b: 2, c: "it's }" }], d: 4 } }],
  ['a comment at the margin, with a bracket', 'spec: {\n# why }\nb: it\'s\n}\n', { spec: { b: "it's" } }],
  ['two in a row', 'a: {\nb: 1\n}\nc: [\n1\n]\n', { a: { b: 1 }, c: [1] }],
  ['lines that Windows ends', 'a: {\r\nb: 1\r\n}\r\n', { a: { b: 1 } }],
  ['the root', '{\n"a": {\n"b": 1\n}\n}\n', { a: { b: 1 } }],
  ['tabs before keys', 'a: {\n\tb: 1\n\t}\n', undefined],
  ['a brace that is not closed', 'a: {\nb: 1\nc: {d: 2}\n', undefined],
];

describe('Braces and brackets of several lines', () => {
  for (const [what, text, value] of TEXTS) {
    it(`are read as kubectl reads them: ${what}`, () => {
      const { root, faults } = parseYaml(text);
      assert.equal(faults.length > 0, value === undefined, faults.map(({ message }) => message).join());
      if (value !== undefined && root !== undefined) assert.deepEqual(nodeValue(root), value);
    });
  }

  it('keep the places of what is in them', () => {
    const text = 'a: {\n# why\nbcd: 1\n}\n';
    const { root } = parseYaml(text);
    const entry = root?.type === 'map' && root.entries[0]?.value.type === 'map' ? root.entries[0].value.entries[0] : undefined;
    assert.equal(text.slice(entry?.keySpan.start, entry?.keySpan.end), 'bcd');
  });
});
