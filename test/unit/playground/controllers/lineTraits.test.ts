import assert from 'node:assert/strict';
import { traitsOf } from '../../../../src/playground/controllers/lineTraits';

describe('traitsOf', () => {
  it('is of 1.0 for lines that are not played', () => {
    assert.equal(traitsOf({ line: '1.1' }), traitsOf({ line: '1.0' }));
  });

  it('lets 1.2 alone restore by the spec', () => {
    assert.deepEqual((['0.9', '1.0', '1.2'] as const).map((line) => traitsOf({ line }).restoresBySpec), [false, false, true]);
  });

  it('lets 0.9 alone write an empty sharding', () => {
    assert.deepEqual((['0.9', '1.0', '1.2'] as const).map((line) => traitsOf({ line }).labelsNoSharding), [true, false, false]);
  });
});
