import assert from 'node:assert/strict';
import { parseQuickly } from '../../../../src/manifest/yaml/parseQuickly';
import { parseYaml } from '../../../../src/manifest/yaml/parseYaml';
import { createRandom } from '../../../../src/playground/runtime/random';

/** What people and tools write: all of it is the quick reader's. */
const USUAL: readonly (readonly [what: string, text: string])[] = [
  ['maps, empty values and comments', '# c\n---\na: 1 # d\n\nb:\n  c: x#y\n  # e\n  d:\nf:   g  \n'],
  ['nothing', ''],
  ['only comments', '# a\n\n# b'],
  ['no line break at the end', 'a:\n  b: c'],
  ['Windows line ends', 'a: 1\r\nb:\r\n- c\r\n- d: |\r\n    e\r\n\r\n    f\r\n'],
  ['lists at the column of their key, and deeper', 'a:\n- b\n- c: d\n  e: f\ng:\n  - h\n  -\n    i: j\n'],
  ['lists in lists', '- - a\n  - b\n-   - c\n- d:\n  - e\n'],
  ['keys in quotes, and keys that YAML 1.1 reads', '"a b": 1\n\'c\': 2\non: 3\nno: 4\n'],
  ['texts that look like something else', 'a: 10m\nb: -5\nc: -x\nd: 1:30\ne: a:b\nf: http://x/?y=#z\ng: "- a: b"\nh: \'[a]\'\ni: x, y] }\n'],
  ['quotes and escapes', 'a: "b\\n\\t\\"\\\\\\/ c"\nd: \'it\'\'s\'\ne: ""\nf: \'\'\n'],
  ['quoted texts over lines', 'a: "b\n  c \\\n  \\ d\n\n\n  e"\nf: \'g\n\n  h\n  \'\ni: "\n  j"\n'],
  ['unquoted texts over lines', 'a: b\n  c\n\n  d # e\nf:\n- g\n  h\n'],
  ['blocks', 'a: |\n  b\n\n   c\n  \td\n\n\ne: >-\n  f\n  g\n\n  h\ni:\n- |-\n  j\n- k: |\n\n    l\n'],
  ['braces and brackets', 'a: {}\nb: [ ]\nc: {d: [e, "f", -g, -1], "h":1, i: {j: k l}} # m\nn: [o,\n  p, # q\n\n  {r: s}\n  ]\n'],
  ['many keys', Array.from({ length: 40 }, (_, index) => `k${index}: ${index}\n`).join('')],
];

/** What it must not take for something usual. */
const UNUSUAL: readonly string[] = [
  'a: b: c\n', 'a: - b\n', 'a:\n b\n', 'a: 1\n  b: 2\n', 'a:\n  b: 1\n c: 2\n', '- a\nb: c\n', 'a: 1\n- b\n', 'a: "b" c\n', 'a: "b"#c\n', 'a: [b\nc: d\n', 'a: [b, c\n]\n',
  'a: {b}\n', 'a: [b: c]\n', 'a: {b: c?}\n', 'a: {b:, c: d}\n', 'a: 1\na: 2\n', '"a": 1\na: 2\n', 'a: &b c\n', 'a: *b\n', 'a: !!str 1\n', '<<: {a: b}\n', '? a\n: b\n', 'a: |2\n   b\n', 'a: |+\n  b\n\n',
  'a: >\n  b\n   c\n', 'a: |\nb: c\n', 'a: "b\nc"\n', 'a: "\\x41"\n', 'a:\tb\n', 'a: b\t\n', '\ta: b\n', 'a: b\r', 'a: b\n...\n', '%YAML 1.2\n---\na: b\n', '---\n', '--- a\n', 'a: @b\n', 'a: `b`\n', 'a: %b\n', '\ufeffa: b\n', 'a: \u2028b\n', 'x\n', '"x"\n', 'a: b\n---\nc: d\n',
  'a : b\n', '-a: b\n- c\n', 'a: b\n  # c\n  d\n', 'a: b #c\n  d\n', `${'k'.repeat(1100)}: a\n`, '- a\n -b\n', '-\n- a\n',
];

describe('the quick reader', () => {
  for (const [what, text] of USUAL) {
    it(`reads as the patient one does: ${what}`, () => assert.deepEqual(parseQuickly(text), parseYaml(text)));
  }

  for (const text of UNUSUAL) {
    it(`leaves what it is not sure of, or reads it as the patient one: ${JSON.stringify(text).slice(0, 40)}`, () => {
      const quick = parseQuickly(text);
      if (quick !== undefined) assert.deepEqual(quick, parseYaml(text));
    });
  }

  it('differs nowhere, whatever is put between the pieces of a text', () => {
    const random = createRandom(11);
    const pick = (below: number): number => Math.floor(random.next() * below);
    const texts = USUAL.map(([, text]) => text);
    const pieces = [...Array.from(':-{}[]"\'#|>&*!,?%@`\\~ \t\n'), ': ', '- ', ' #', '\n\n', '|-\n', '>-\n', '\\\n', '\r\n', '<<: ', 'null', "''", '\u00a0', '\u{1f600}'];
    let taken = 0;
    for (let round = 0; round < 6_000; round += 1) {
      let text = texts[pick(texts.length)] ?? '';
      for (let times = 1 + pick(3); times > 0; times -= 1) {
        const at = pick(text.length);
        text = pick(3) > 0 ? `${text.slice(0, at)}${pieces[pick(pieces.length)] ?? ''}${text.slice(at)}` : `${text.slice(0, at)}${text.slice(at + 1 + pick(6))}`;
      }
      const quick = parseQuickly(text);
      if (quick === undefined) continue;
      taken += 1;
      assert.deepEqual(quick, parseYaml(text), JSON.stringify(text));
    }
    assert.ok(taken > 1_000, `only ${taken} were taken`);
  });
});
