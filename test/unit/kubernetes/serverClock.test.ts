import assert from 'node:assert/strict';
import { ServerClock } from '../../../src/kubernetes/serverClock';

const START = Date.parse('2026-11-23T12:00:00.400Z');
const HOUR = 3_600_000;

interface Server {
  readonly clock: ServerClock;
  readonly machine: { time: number };
  /** An answer after `took` ms of a server that is `ahead` ms ahead and answers half-way. */
  readonly answer: (ahead: number, took?: number) => void;
}

function setUp(): Server {
  const machine = { time: START };
  const clock = new ServerClock({ now: () => machine.time });
  const answer: Server['answer'] = (ahead, took = 20) => {
    const sent = machine.time;
    machine.time += took;
    clock.sample(new Date(sent + took / 2 + ahead).toUTCString(), sent, machine.time);
  };
  return { clock, machine, answer };
}

describe("The server's clock", () => {
  it("is the machine's until an answer said something", () => {
    const { clock } = setUp();
    assert.deepEqual([clock.now(), clock.ahead], [START, undefined]);
  });

  for (const header of [undefined, '', 'soon', '2026-11-23T13:00:00Z', 'Mon, 99 Nov 2026 13:00:00 GMT', 'Tue, 23 Nov 2026 13:00:00 GMT', '0']) {
    it(`learns nothing from ${JSON.stringify(header)}`, () => {
      const { clock } = setUp();
      clock.sample(header, START, START + 10);
      assert.equal(clock.ahead, undefined);
    });
  }

  it('corrects nothing where the clocks agree within the second and the way there and back', () => {
    const { clock, answer } = setUp();
    for (const took of [3, 20, 999, 4000, 20]) {
      answer(0, took);
    }
    assert.equal(clock.ahead, 0);
  });

  for (const ahead of [61 * 60_000, -5 * 60_000, 30 * 24 * HOUR]) {
    it(`follows one that is ${ahead / 60_000} min ahead to the second, and nearer with each answer`, () => {
      const { clock, machine, answer } = setUp();
      answer(ahead);
      assert.ok(Math.abs((clock.ahead ?? 0) - ahead) <= 1020, `${clock.ahead}`);
      for (let seconds = 0; seconds < 40; seconds += 1) {
        machine.time += 1_000 + 37;
        answer(ahead);
      }
      assert.ok(Math.abs((clock.ahead ?? 0) - ahead) <= 100, `${clock.ahead}`);
      assert.equal(clock.now(), machine.time + (clock.ahead ?? 0));
    });
  }

  it('does not let a slow answer blur what a quick one proved', () => {
    const { clock, answer } = setUp();
    answer(HOUR);
    const before = clock.ahead;
    answer(HOUR, 30_000);
    assert.equal(clock.ahead, before);
  });

  it('believes the newest answer after one of the clocks was set', () => {
    const { clock, machine, answer } = setUp();
    answer(HOUR);
    machine.time += HOUR;
    answer(0);
    assert.equal(clock.ahead, 0);
  });

  it('takes a clock that jumped for set, not for fast, where it is no simulation', () => {
    const { clock, machine, answer } = setUp();
    answer(0);
    machine.time += 10_000;
    answer(HOUR);
    machine.time += 10_000;
    assert.ok(Math.abs(clock.now() - (machine.time + HOUR)) <= 1020);
  });

  for (const speed of [60, 10, 0]) {
    it(`runs on at the speed ${speed} of a simulation between two answers`, () => {
      const { clock, machine, answer } = setUp();
      clock.expectSpeed(true);
      const there = (): number => START + (machine.time - START) * speed;
      for (let seconds = 0; seconds < 3; seconds += 1) {
        answer(there() - machine.time);
        machine.time += 10_000;
      }
      machine.time += 20_000;
      assert.ok(Math.abs(clock.now() - there()) <= 5_000 + speed * 30, `${clock.now() - there()} ms off`);
    });
  }

  it('takes a simulation that was moved on once for set, not for fast', () => {
    const { clock, machine, answer } = setUp();
    clock.expectSpeed(true);
    for (let seconds = 0; seconds < 6; seconds += 1) {
      answer(seconds < 4 ? 0 : HOUR);
      machine.time += 5_000;
      assert.ok(Math.abs(clock.now() - machine.time - (seconds < 4 ? 0 : HOUR)) <= 1020, `${seconds}: ${clock.now() - machine.time}`);
    }
  });

  it('does not measure the speed of a simulation by answers that were slow', () => {
    const { clock, machine, answer } = setUp();
    clock.expectSpeed(true);
    const there = (): number => START + (machine.time - START) * 60;
    for (const took of [20, 20, 20, 4_000, 20]) {
      answer(there() - machine.time, took);
      machine.time += 5_000;
    }
    machine.time += 10_000;
    assert.ok(Math.abs(clock.now() - there()) <= 5_000, `${clock.now() - there()} ms off`);
  });

  it('keeps the speed of a simulation that runs as fast as the machine at one', () => {
    const { clock, machine, answer } = setUp();
    clock.expectSpeed(true);
    for (let seconds = 0; seconds < 20; seconds += 1) {
      answer(HOUR);
      machine.time += 7_321;
    }
    assert.ok(Math.abs(clock.now() - machine.time - HOUR) <= 1020);
  });

  it('forgets the speed with the simulation', () => {
    const { clock, machine, answer } = setUp();
    clock.expectSpeed(true);
    answer(0);
    machine.time += 10_000;
    answer(HOUR);
    clock.expectSpeed(false);
    answer(0);
    machine.time += 10_000;
    assert.equal(clock.now(), machine.time);
  });
});
