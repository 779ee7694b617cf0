import assert from 'node:assert/strict';
import { createRandom } from '../../../../src/playground/runtime/random';

describe('seeded random', () => {
  it('gives the same for the same seed and something else for another', () => {
    const draw = (seed: number) => {
      const random = createRandom(seed);
      return [random.next(), random.suffix(6), random.uuid()];
    };
    assert.deepEqual(draw(7), draw(7));
    assert.notDeepEqual(draw(7), draw(8));
  });

  it('stays in [0, 1) and spreads', () => {
    const random = createRandom(1);
    const values = Array.from({ length: 1000 }, () => random.next());
    assert.ok(values.every((value) => value >= 0 && value < 1));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    assert.ok(Math.abs(mean - 0.5) < 0.05, `mean ${mean}`);
  });

  it('writes suffixes in the alphabet of generated names and version 4 UUIDs', () => {
    const random = createRandom(3);
    assert.match(random.suffix(100), /^[bcdfghjklmnpqrstvwxz2456789]{100}$/);
    assert.match(random.uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
