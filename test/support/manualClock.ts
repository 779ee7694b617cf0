import type { Clock } from '../../src/kubeblocks/ports';

interface Sleeper {
  due: number;
  readonly wake: () => void;
}

/** A clock that stands still until it is advanced. */
export class ManualClock implements Clock {
  private sleepers = new Set<Sleeper>();

  constructor(private time = Date.UTC(2026, 0, 1)) {}

  now(): number {
    return this.time;
  }

  /** How many wait for it. */
  get waiting(): number {
    return this.sleepers.size;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason as Error);
        return;
      }
      const stop = (): void => {
        this.sleepers.delete(sleeper);
        reject(signal?.reason as Error);
      };
      const sleeper: Sleeper = {
        due: this.time + ms,
        wake: () => {
          this.sleepers.delete(sleeper);
          signal?.removeEventListener('abort', stop);
          resolve();
        },
      };
      signal?.addEventListener('abort', stop, { once: true });
      this.sleepers.add(sleeper);
      if (ms <= 0) {
        sleeper.wake();
      }
    });
  }

  /** The machine's clock is set: what waits goes on waiting as long as it would have. */
  jump(ms: number): void {
    this.time += ms;
    this.sleepers.forEach((sleeper) => (sleeper.due += ms));
  }

  /** Moves on, waking everyone who is due, in order, each at their time. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      const [next] = [...this.sleepers].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due);
      if (next === undefined) {
        break;
      }
      this.time = Math.max(this.time, next.due);
      next.wake();
      await settle();
    }
    this.time = end;
    await settle();
  }

  /** Moves on in small steps, letting real I/O happen in between, until something is so. */
  async until(condition: () => boolean, what: string, { within = 60_000, step = 50 } = {}): Promise<void> {
    const end = this.time + within;
    while (!condition()) {
      if (this.time >= end) {
        throw new Error(`never happened within ${within} ms of the clock: ${what}`);
      }
      await this.advance(step);
      await realTurns();
    }
  }
}

/** Lets promises and what is due in this turn run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Lets sockets on this machine deliver what was sent. */
async function realTurns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
