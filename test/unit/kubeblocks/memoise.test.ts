import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { memoiseOnto } from '../../../src/kubeblocks/memoise';

interface Snapshot {
  readonly items: object;
  readonly others: object;
}

describe('A result that the next is computed from', () => {
  const counting = (): { readonly of: (input: Snapshot) => readonly (object | undefined)[]; readonly computed: () => number } => {
    let computed = 0;
    const of = memoiseOnto<Snapshot, readonly (object | undefined)[]>(
      ({ items, others }) => [items, others],
      (_, before) => {
        computed += 1;
        return [before];
      },
    );
    return { of, computed: () => computed };
  };

  it('is computed once for the same parts', () => {
    const { of, computed } = counting();
    const [items, others] = [{}, {}];
    assert.equal(of({ items, others }), of({ items, others }));
    assert.equal(computed(), 1);
  });

  it('is handed on when any part changes', () => {
    const { of } = counting();
    const [items, others] = [{}, {}];
    const first = of({ items, others });
    const second = of({ items, others: {} });
    assert.deepEqual([second[0] === first, of({ items: {}, others })[0] === second], [true, true]);
  });

  it('goes with the snapshot it is of', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const { of } = counting();
    const held = ((): WeakRef<object> => {
      const items = {};
      return new WeakRef(of({ items, others: {} }));
    })();
    await new Promise((resolve) => setImmediate(resolve));
    collect();
    assert.equal(held.deref(), undefined);
  });
});
