import assert from 'node:assert/strict';
import { ApiError } from '../../../src/kubernetes/api';
import { ConnectionGate } from '../../../src/kubernetes/connectionGate';
import { ManualClock } from '../../support/manualClock';

const LOST = new ApiError('nothing listens there', { status: 0, reason: 'ECONNREFUSED', verb: 'get' });

describe('The gate of a connection', () => {
  const clock = new ManualClock();
  const ending = new AbortController();
  let answers: Promise<void> = Promise.reject(LOST);
  answers.catch(() => undefined);
  const gate = new ConnectionGate({ clock, random: () => 0.6, probe: () => answers, onChange: () => undefined }, ending.signal);

  it('forgets who does not wait any more, however long the server is lost', async () => {
    assert.equal(gate.lost(LOST), true);
    for (let refresh = 0; refresh < 50; refresh += 1) {
      const round = new AbortController();
      const passed = assert.rejects(gate.pass(round.signal), /refresh/);
      round.abort(new Error('refresh'));
      await passed;
    }
    assert.equal(gate.held, 0);
  });

  it('lets everybody go on once the server answers', async () => {
    const all = [1, 2, 3].map(() => gate.pass(ending.signal));
    assert.equal(gate.held, 3);
    answers = Promise.resolve();
    await clock.advance(10_000);
    await Promise.all(all);
    assert.equal(gate.held, 0);
  });

  it('leaves no timer when all ends while it is lost', () => {
    gate.lost(LOST);
    assert.equal(clock.waiting, 1);
    ending.abort(new Error('disposed'));
    assert.equal(clock.waiting, 0);
  });
});
