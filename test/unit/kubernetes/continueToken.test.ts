import assert from 'node:assert/strict';
import { continueAtEnd } from '../../../src/kubernetes/continueToken';

describe('The token of the next page, seen before the page is parsed', () => {
  const cases: readonly [string, string, string][] = [
    ['is in the metadata at the end, as the API server writes it', '{"items":[],"kind":"List","metadata":{"continue":"eyJ2Ijo-Mx_0=","resourceVersion":"7"}}', 'eyJ2Ijo-Mx_0='],
    ['is the last one where an object has such a field too', '{"items":[{"spec":{"continue":"yes"}}],"metadata":{"continue":"abc"}}', 'abc'],
    ['is not seen in the text of a string', '{"items":[{"note":"\\"continue\\":\\"x\\""}],"metadata":{"resourceVersion":"7"}}', ''],
    ['is not seen where there is none', '{"items":[],"metadata":{"resourceVersion":"7"}}', ''],
    ['is not seen far from the end', `{"metadata":{"continue":"abc"},"items":["${'x'.repeat(5_000)}"]}`, ''],
    ['is not seen in what is no JSON', '<html>"continue":', ''],
  ];
  cases.forEach(([name, json, token]) => it(name, () => assert.equal(continueAtEnd(json), token)));
});
