import { performance } from 'node:perf_hooks';

/** Longest turn (ms) of work on what a cluster sent. The extension host is shared with every other extension. */
const TURN = 5;

/** Gives way to others between pieces of work, when the current turn has been long. */
export class Turns {
  private since = performance.now();

  async giveWay(): Promise<void> {
    if (performance.now() - this.since >= TURN) {
      await nextTurn();
      this.since = performance.now();
    }
  }

  /** To be called when the work goes on after waiting for something else. */
  restart(): void {
    this.since = performance.now();
  }
}

/**
 * Lets everything else that is due run first, timers included: an immediate that was set while input was read runs
 * before them, the one after it does not.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}
