import type { PlaygroundClock } from '../world';
import { createTimerQueue } from './timerQueue';

/** The machine's own time, so that tests can stand in for it. */
export interface RealTime {
  now(): number;
  setTimeout(task: () => void, delayMs: number): unknown;
  clearTimeout(handle: unknown): void;
}

export interface ClockOptions {
  /** First instant, in ms since the epoch. */
  readonly start: number;
  /** Playground seconds per real second; 0 stands still until `advance`. */
  readonly speed: number;
  readonly real?: RealTime;
}

export interface RunningClock extends PlaygroundClock {
  /** Where a jump in progress will end; `now()` when none is. Periodic work may skip what lies before it. */
  horizon(): number;
  /** Jumps from timer to timer until `ms` of playground time have gone by. Equal instants run in order of insertion. */
  advance(ms: number): void;
  /** As `advance`, to an instant; one that lies in the past does nothing. */
  advanceTo(instant: number): void;
  readonly speed: number;
  setSpeed(speed: number): void;
  /** No task runs after this. */
  dispose(): void;
}

const REAL_TIME: RealTime = {
  now: () => performance.now(),
  setTimeout: (task, delayMs) => setTimeout(task, delayMs),
  clearTimeout: (handle) => {
    clearTimeout(handle as ReturnType<typeof setTimeout>);
  },
};

/** A day a second: faster than that, each look at the clock is a jump in which nothing can be seen to happen. */
export const HIGHEST_SPEED = 86_400;

/** Node fires a timer longer than 2^31 ms at once, so that a far one is waited for in pieces. */
const LONGEST_WAIT_MS = 3_600_000;

export function createClock({ start, speed: firstSpeed, real = REAL_TIME }: ClockOptions): RunningClock {
  const timers = createTimerQueue();
  let current = start;
  let speed = firstSpeed;
  let anchor = { playground: start, real: real.now() };
  let wake: unknown;
  let target: number | undefined;
  let disposed = false;

  /** What real time says it is now; never behind what has been seen. */
  function measured(): number {
    if (speed === 0 || target !== undefined) return current;
    const passed = Math.floor((real.now() - anchor.real) * speed);
    current = Math.max(current, anchor.playground + passed);
    return current;
  }

  function reanchor(): void {
    anchor = { playground: current, real: real.now() };
  }

  function runUntil(instant: number): void {
    target = instant;
    try {
      for (let due = timers.takeDue(instant); due !== undefined && !disposed; due = timers.takeDue(instant)) {
        current = Math.max(current, due.at);
        due.task();
      }
      current = Math.max(current, instant);
    } finally {
      target = undefined;
    }
  }

  function schedule(): void {
    if (wake !== undefined) real.clearTimeout(wake);
    wake = undefined;
    const next = timers.next();
    if (disposed || speed === 0 || next === undefined) return;
    const delay = Math.max(0, Math.ceil((next - measured()) / speed));
    wake = real.setTimeout(onWake, Math.min(delay, LONGEST_WAIT_MS));
  }

  function onWake(): void {
    wake = undefined;
    try {
      runUntil(measured());
    } finally {
      schedule();
    }
  }

  function advanceTo(instant: number): void {
    if (target !== undefined) throw new Error('The playground clock cannot be advanced from within one of its own tasks.');
    if (instant <= measured()) return;
    try {
      runUntil(instant);
    } finally {
      reanchor();
      schedule();
    }
  }

  return {
    now: measured,
    timestamp: () => formatTimestamp(measured()),
    horizon: () => target ?? measured(),
    after(delayMs, task) {
      const cancel = timers.add(measured() + Math.max(0, delayMs), task);
      if (target === undefined) schedule();
      return cancel;
    },
    advance: (ms) => {
      advanceTo(measured() + ms);
    },
    advanceTo,
    get speed() {
      return speed;
    },
    setSpeed(next) {
      measured();
      speed = next;
      reanchor();
      schedule();
    },
    dispose() {
      disposed = true;
      timers.clear();
      schedule();
    },
  };
}

/** RFC 3339, UTC, whole seconds, as Kubernetes writes a `metav1.Time`. */
export function formatTimestamp(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}
