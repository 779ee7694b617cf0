import { performance } from 'node:perf_hooks';

/** How often (ms) the meter looks: rarely enough to leave the processor to what is measured. */
const LOOK = 1;

export interface Stalls {
  /** The longest time (ms) in which the event loop could not run anything else. */
  readonly stallMs: number;
  /** The longest that this thread computed in such a time (ms): what is left when other programs do not take the processor. */
  readonly stallCpuMs: number;
}

/** Finds the longest turn of the event loop. */
export class StallMeter {
  private stallMs = 0;
  private stallCpuMs = 0;
  private last = performance.now();
  private lastCpu = threadCpu();
  private timer = setTimeout(() => this.look(), LOOK);

  /** Ends the measuring. */
  stop(): Stalls {
    clearTimeout(this.timer);
    return { stallMs: this.stallMs, stallCpuMs: this.stallCpuMs };
  }

  private look(): void {
    const [now, cpu] = [performance.now(), threadCpu()];
    this.stallMs = Math.max(this.stallMs, now - this.last - LOOK);
    this.stallCpuMs = Math.max(this.stallCpuMs, cpu - this.lastCpu);
    this.last = now;
    this.lastCpu = cpu;
    this.timer = setTimeout(() => this.look(), LOOK);
  }
}

/** Ms; Node 24 knows it, which is what VS Code brings too. */
function threadCpu(): number {
  const read = (process as { threadCpuUsage?: () => NodeJS.CpuUsage }).threadCpuUsage;
  const { user, system } = read?.call(process) ?? { user: NaN, system: NaN };
  return (user + system) / 1000;
}
