import assert from 'node:assert/strict';
import { ahead } from '../../cluster/support/ahead';

describe('works that are done ahead', () => {
  /** Works by name that end when they are told to. */
  const begun: string[] = [];
  const ends = new Map<string, (result: Error | string) => void>();
  const workOf = (name: string) => () =>
    new Promise<string>((resolve, reject) => {
      begun.push(name);
      ends.set(name, (result) => (typeof result === 'string' ? resolve(result) : reject(result)));
    });
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  beforeEach(() => begun.splice(0));

  it('begin in their order, so many at once, the next when one has ended in any way', async () => {
    const result = ahead(new Map(['a', 'b', 'c', 'd'].map((name) => [name, workOf(name)])), 2);
    await turn();
    assert.deepEqual(begun, ['a', 'b']);
    ends.get('b')?.(new Error('b fails'));
    await turn();
    assert.deepEqual(begun, ['a', 'b', 'c']);
    ends.get('a')?.('A');
    await turn();
    assert.deepEqual(begun, ['a', 'b', 'c', 'd']);
    ends.get('c')?.('C');
    ends.get('d')?.('D');
    assert.deepEqual([await result('a'), await result('c'), await result('d')], ['A', 'C', 'D']);
    await assert.rejects(result('b'), /b fails/);
  });

  it('has no result of what nobody does', async () => {
    await assert.rejects(ahead(new Map([['a', () => Promise.resolve(1)]]), 1)('z'), { message: 'nobody does "z"' });
  });
});
