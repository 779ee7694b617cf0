import assert from 'node:assert/strict';
import { marshal, quote } from '../../../../src/playground/admission/goText';

describe('Go text', () => {
  const quoted: readonly (readonly [given: string, printed: string])[] = [
    ['plain é 漢', '"plain é 漢"'],
    ['a"b\\c', '"a\\"b\\\\c"'],
    ['line\nbreak\ttab', '"line\\nbreak\\ttab"'],
    ['\x00\x7f', '"\\x00\\x7f"'],
    ['\u200b', '"\\u200b"'],
    ['\u{e0001}', '"\\U000e0001"'],
    ['😀', '"😀"'],
  ];
  for (const [given, printed] of quoted) {
    it(`quotes ${JSON.stringify(given)} as ${printed}`, () => {
      assert.equal(quote(given), printed);
    });
  }

  it('marshals with sorted keys and escaped angle brackets', () => {
    assert.equal(marshal({ b: '<&>', a: [1, { d: null, c: true }] }), '{"a":[1,{"c":true,"d":null}],"b":"\\u003c\\u0026\\u003e"}');
  });
});
