/** Delays (ms) between tries. */
export interface BackoffOptions {
  readonly first: number;
  readonly longest: number;
  /** 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
}

/** Doubles from a second to four: at most five tries in any four seconds, and back within five once all is well. */
export const RETRY = { first: 1_000, longest: 4_000 } as const;

/** Longest wait (s) that a server may ask for; what is longer than a timer can count would end at once. */
const LONGEST_ASKED = 300;

/** Exponential, capped, with jitter of a quarter so that many watches do not come back at the same instant. */
export class Backoff {
  private failures = 0;

  constructor(private readonly options: BackoffOptions) {}

  /** The delay before the next try, at least what the server asked for, within reason. */
  next(retryAfterSeconds = 0): number {
    const { first, longest, random } = this.options;
    const base = Math.min(longest, first * 2 ** Math.min(this.failures, 16));
    this.failures += 1;
    return Math.max(base * (0.85 + random() * 0.25), Math.min(retryAfterSeconds, LONGEST_ASKED) * 1000);
  }

  get tries(): number {
    return this.failures;
  }

  reset(): void {
    this.failures = 0;
  }
}
