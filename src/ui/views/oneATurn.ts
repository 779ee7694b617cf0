import { performance } from 'node:perf_hooks';

/** How long (ms) steps of one work follow each other in the same turn. */
const TURN = 5;

/** Does pieces of work one a turn of the event loop, in order, so that what else is due runs between them. */
export class OneATurn {
  private readonly waiting: Iterator<void>[] = [];

  /** @param now ms of a clock that never goes back. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  add(work: () => void): void {
    this.addSteps(once(work));
  }

  /** Work that pauses after each of its steps: as many of them as are soon done share a turn. */
  addSteps(steps: Iterable<void>): void {
    this.waiting.push(steps[Symbol.iterator]());
    if (this.waiting.length === 1) {
      this.continue();
    }
  }

  private continue(): void {
    setImmediate(() => {
      let isOver = true;
      try {
        isOver = this.waiting[0] === undefined || this.runForATurn(this.waiting[0]);
      } finally {
        if (isOver) {
          this.waiting.shift();
        }
        if (this.waiting.length > 0) {
          this.continue();
        }
      }
    });
  }

  /** Whether no step is left. */
  private runForATurn(steps: Iterator<void>): boolean {
    const end = this.now() + TURN;
    do {
      if (steps.next().done === true) {
        return true;
      }
    } while (this.now() < end);
    return false;
  }
}

function* once(work: () => void): Generator<void> {
  work();
}
