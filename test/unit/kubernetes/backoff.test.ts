import assert from 'node:assert/strict';
import { Backoff, RETRY } from '../../../src/kubernetes/backoff';

describe('The wait between two tries', () => {
  const backoff = (): Backoff => new Backoff({ ...RETRY, random: () => 0.6 });

  it('doubles up to its longest', () => {
    const waits = backoff();
    assert.deepEqual([1, 2, 3, 4].map(() => waits.next()), [1_000, 2_000, 4_000, 4_000]);
  });

  it('is what the server asks for where that is more', () => {
    assert.equal(backoff().next(7), 7_000);
    assert.equal(backoff().next(0.1), 1_000);
  });

  [301, 3_000_000, 1e308, Infinity].forEach((seconds) => {
    it(`is minutes at the most, though ${seconds} s are asked for: a timer that cannot count so far ends at once`, () => {
      assert.equal(backoff().next(seconds), 300_000);
    });
  });

  it('begins anew after a reset', () => {
    const waits = backoff();
    waits.next();
    waits.reset();
    assert.deepEqual([waits.tries, waits.next()], [0, 1_000]);
  });
});
