import { performance } from 'node:perf_hooks';

/** Finds the longest time (ms) in which the event loop could not run anything else. */
export class StallMeter {
  private longest = 0;
  private last = performance.now();
  private isOn = true;

  constructor() {
    this.turn();
  }

  /** Ends the measuring and tells the longest stall. */
  stop(): number {
    this.isOn = false;
    return this.longest;
  }

  private turn(): void {
    const now = performance.now();
    this.longest = Math.max(this.longest, now - this.last);
    this.last = now;
    if (this.isOn) {
      setImmediate(() => this.turn());
    }
  }
}
