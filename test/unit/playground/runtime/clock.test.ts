import assert from 'node:assert/strict';
import { createClock, type RealTime } from '../../../../src/playground/runtime/clock';

const START = Date.UTC(2026, 10, 1, 12, 0, 0);

/** Real time that moves only when told. */
function fakeRealTime(): RealTime & { pass(ms: number): void; waiting(): number } {
  let now = 0;
  let timers: { readonly at: number; readonly task: () => void }[] = [];
  return {
    now: () => now,
    setTimeout(task, delayMs) {
      const timer = { at: now + delayMs, task };
      timers.push(timer);
      return timer;
    },
    clearTimeout(handle) {
      timers = timers.filter((timer) => timer !== handle);
    },
    waiting: () => timers.length,
    pass(ms) {
      now += ms;
      const due = timers.filter((timer) => timer.at <= now);
      timers = timers.filter((timer) => timer.at > now);
      for (const timer of due) timer.task();
    },
  };
}

describe('playground clock', () => {
  it('stands still at speed 0 and never touches real timers', () => {
    const real = fakeRealTime();
    const clock = createClock({ start: START, speed: 0, real });
    clock.after(10, () => undefined);
    real.pass(60_000);
    assert.equal(clock.now(), START);
    assert.equal(real.waiting(), 0);
    assert.equal(clock.timestamp(), '2026-11-01T12:00:00Z');
  });

  it('jumps from timer to timer and runs equal instants in order of insertion', () => {
    const clock = createClock({ start: START, speed: 0 });
    const seen: string[] = [];
    const note = (name: string) => () => seen.push(`${name}@${clock.now() - START}`);
    clock.after(20, note('c'));
    clock.after(10, () => {
      note('a')();
      clock.after(5, note('nested'));
    });
    clock.after(10, note('b'));
    clock.after(31, note('too late'));
    clock.advance(30);
    assert.deepEqual(seen, ['a@10', 'b@10', 'nested@15', 'c@20']);
    assert.equal(clock.now() - START, 30);
  });

  it('runs a thousand timers in order whatever the order of insertion', () => {
    const clock = createClock({ start: START, speed: 0 });
    const seen: number[] = [];
    for (let i = 0; i < 1000; i++) {
      const delay = (i * 7919) % 997;
      clock.after(delay, () => seen.push(delay));
    }
    clock.advance(1000);
    assert.equal(seen.length, 1000);
    assert.deepEqual(seen, seen.toSorted((a, b) => a - b));
  });

  it('does not run a timer that was called off', () => {
    const clock = createClock({ start: START, speed: 0 });
    let ran = false;
    const cancel = clock.after(10, () => {
      ran = true;
    });
    cancel();
    clock.advance(100);
    assert.equal(ran, false);
  });

  it('tells a task where the jump in progress ends', () => {
    const clock = createClock({ start: START, speed: 0 });
    let horizon = 0;
    clock.after(10, () => {
      horizon = clock.horizon();
    });
    clock.advance(5000);
    assert.equal(horizon - START, 5000);
    assert.equal(clock.horizon(), clock.now());
  });

  it('refuses to be advanced from within a task', () => {
    const clock = createClock({ start: START, speed: 0 });
    clock.after(1, () => clock.advance(1));
    assert.throws(() => clock.advance(2), /from within one of its own tasks/);
  });

  it('runs at its speed with one real timer', () => {
    const real = fakeRealTime();
    const clock = createClock({ start: START, speed: 60, real });
    const seen: number[] = [];
    clock.after(60_000, () => seen.push(clock.now() - START));
    clock.after(120_000, () => seen.push(clock.now() - START));
    assert.equal(real.waiting(), 1);
    real.pass(999);
    assert.deepEqual(seen, []);
    real.pass(1);
    assert.deepEqual(seen, [60_000]);
    real.pass(1000);
    assert.deepEqual(seen, [60_000, 120_000]);
    assert.equal(real.waiting(), 0);
  });

  it('never goes back, also for a task that comes late', () => {
    const real = fakeRealTime();
    const clock = createClock({ start: START, speed: 1, real });
    let inTask = 0;
    clock.after(10, () => {
      inTask = clock.now();
    });
    real.pass(9);
    real.now = () => 25;
    const before = clock.now();
    real.pass(1);
    assert.ok(inTask >= before);
  });

  it('takes a new speed from now on', () => {
    const real = fakeRealTime();
    const clock = createClock({ start: START, speed: 1, real });
    real.pass(1000);
    clock.setSpeed(10);
    real.pass(1000);
    clock.setSpeed(0);
    real.pass(1000);
    assert.equal(clock.now() - START, 11_000);
  });

  it('waits for a far timer in pieces that a real timer can hold', () => {
    const real = fakeRealTime();
    const clock = createClock({ start: START, speed: 1, real });
    const days = 30 * 86_400_000;
    let ran = 0;
    clock.after(days, () => ran++);
    for (let hour = 0; hour < 30 * 24 - 1; hour++) real.pass(3_600_000);
    assert.equal(ran, 0);
    real.pass(3_600_000);
    assert.equal(ran, 1);
  });

  it('runs nothing and holds no real timer once disposed', () => {
    const real = fakeRealTime();
    const clock = createClock({ start: START, speed: 1, real });
    let ran = 0;
    clock.after(10, () => ran++);
    clock.dispose();
    real.pass(100);
    assert.equal(ran, 0);
    assert.equal(real.waiting(), 0);
  });
});
