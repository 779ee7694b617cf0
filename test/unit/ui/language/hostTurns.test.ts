import assert from 'node:assert/strict';
import { HostTurns } from '../../../../src/ui/language/hostTurns';

describe('Turns of the extension host', () => {
  /** A loop whose clock a piece of work moves on, and whose rounds the test lets begin. */
  function loop(): { readonly turns: HostTurns; readonly work: (ms: number) => void; readonly round: () => Promise<void> } {
    let now = 0;
    const due: (() => void)[] = [];
    return {
      turns: new HostTurns({ now: () => now, later: (run) => void due.push(run) }),
      work: (ms) => void (now += ms),
      round: async () => {
        for (const run of due.splice(0)) run();
        for (let tick = 0; tick < 10; tick += 1) await Promise.resolve();
      },
    };
  }

  it('are one at a time, whoever works', async () => {
    const { turns, work, round } = loop();
    const done: string[] = [];
    const start = async (name: string): Promise<void> => {
      const turn = turns.begin();
      for (let step = 1; step <= 2; step += 1) {
        work(10);
        done.push(`${name}${step}`);
        await turn();
      }
    };
    const all = Promise.all([start('a'), start('b'), start('c')]);
    const seen: string[] = [];
    for (let rounds = 0; rounds < 6; rounds += 1) {
      await round();
      seen.push(done.join(' '));
    }
    assert.deepEqual(seen.slice(0, 3), ['a1 b1 c1 a2', 'a1 b1 c1 a2 b2', 'a1 b1 c1 a2 b2 c2']);
    await all;
  });

  it('go on while they are short', () => {
    const { turns, work } = loop();
    const turn = turns.begin();
    work(5);
    assert.equal(turn(), undefined);
  });

  it('end for work that is no longer wanted', async () => {
    const { turns, work, round } = loop();
    const over = new AbortController();
    const turn = turns.begin(over.signal);
    work(10);
    const next = turn();
    over.abort(new Error('closed'));
    const [settled] = await Promise.all([assert.rejects(Promise.resolve(next), /closed/), round()]);
    assert.equal(settled, undefined);
  });
});
