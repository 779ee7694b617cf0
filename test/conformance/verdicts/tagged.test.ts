import assert from 'node:assert/strict';
import { readDocument, readDocumentQuickly } from '../../../src/manifest/manifestDocument';
import { dialectOf } from '../../support/manifestDialect';
import { TAGGED, taggedManifest } from './tagged';
import { ourVerdicts } from './verdicts';

describe('tags in a manifest', () => {
  for (const [lines, isTaken] of TAGGED) {
    it(`${isTaken ? 'are taken' : 'are refused'} as the real API server does: ${JSON.stringify(lines)}`, () => {
      for (const read of [readDocument, readDocumentQuickly]) {
        const [verdict] = ourVerdicts(taggedManifest(lines), dialectOf('1.0'), read);
        assert.equal(verdict === undefined, isTaken, verdict);
      }
    });
  }
});
