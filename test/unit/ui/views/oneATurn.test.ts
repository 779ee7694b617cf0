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

  it('shares a turn between small steps, and pauses between those that take long', async () => {
    let now = 0;
    const turns = new OneATurn(() => now);
    const done: number[] = [];
    const steps = function* (long: boolean): Generator<void> {
      for (let step = 0; step < 3; step += 1) {
        now += long ? 10 : 1;
        done.push(step);
        yield;
      }
    };
    turns.addSteps(steps(false));
    await nextTurn();
    assert.deepEqual(done.splice(0), [0, 1, 2]);
    turns.addSteps(steps(true));
    await nextTurn();
    assert.deepEqual(done, [0]);
    await nextTurn();
    assert.deepEqual(done, [0, 1]);
  });

  it('goes on with other work when a step throws', async () => {
    const thrown = new Promise((resolve) => process.once('uncaughtException', resolve));
    const others = process.listeners('uncaughtException').slice(0, -1);
    others.forEach((listener) => process.off('uncaughtException', listener));
    const turns = new OneATurn();
    turns.add(() => {
      throw new Error('a step');
    });
    const later = new Promise<void>((resolve) => turns.add(resolve));
    try {
      assert.equal(String(await thrown), 'Error: a step');
      await later;
    } finally {
      others.forEach((listener) => process.on('uncaughtException', listener));
    }
  });
});
