import type { Turn } from '../../manifest/readInTurns';
import { turns } from '../../manifest/session/turns';

/** The event loop of the extension host. */
export interface HostLoop {
  /** Milliseconds from any instant on. */
  readonly now: () => number;
  /** Runs it when what else is due has run. */
  readonly later: (run: () => void) => void;
}

/** Timers of zero length follow each other without a look at what came in; the browser has nothing else. */
const LOOP: HostLoop = {
  now: () => performance.now(),
  later: (run) => {
    if (typeof setImmediate === 'function') setImmediate(run);
    else setTimeout(run);
  },
};

/** Turns of the extension host, which all extensions share: of all that work in it at once one has its turn, then others have theirs. */
export class HostTurns {
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly loop = LOOP) {}

  /** For one piece of work. */
  begin(signal = NEVER): Turn {
    return turns(signal, { now: this.loop.now, pause: () => this.pause() });
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      if (this.waiting.length === 1) this.loop.later(() => this.next());
    });
  }

  private next(): void {
    this.waiting.shift()?.();
    if (this.waiting.length > 0) this.loop.later(() => this.next());
  }
}

const NEVER = new AbortController().signal;
