import assert from 'node:assert/strict';
import { OneATurn } from '../../../../src/ui/views/oneATurn';

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('Work that is done one piece a turn', () => {
  it('lets others run between the pieces, and keeps their order', async () => {
    const turns = new OneATurn();
    const done: string[] = [];
    ['a', 'b', 'c'].forEach((name) => turns.add(() => done.push(name)));
    const seen: string[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      seen.push(done.join(''));
      await nextTurn();
    }
    assert.deepEqual([...new Set(seen)], ['', 'a', 'ab', 'abc']);
  });

  it('takes work that a piece adds', async () => {
    const turns = new OneATurn();
    const done: string[] = [];
    turns.add(() => turns.add(() => done.push('later')));
    await nextTurn();
    assert.deepEqual(done, []);
    await nextTurn();
    await nextTurn();
    assert.deepEqual(done, ['later']);
  });
});
