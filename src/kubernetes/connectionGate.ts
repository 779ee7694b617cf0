import type { Clock } from '../kubeblocks/ports';
import { ApiError } from './api';
import { Backoff, RETRY } from './backoff';

export interface ConnectionGateDeps {
  readonly clock: Clock;
  readonly random: () => number;
  /** One small request that shows whether the server answers. */
  readonly probe: (signal: AbortSignal) => Promise<void>;
  /** Called when the server was lost (or is lost for another reason), and with undefined when it is back. */
  readonly onChange: (error: ApiError | undefined) => void;
}

/** Credentials that were refused are tried for half a minute as a lost server is: its authentication may stumble. */
const QUICK_TRIES = 8;
/** How long (ms) until they are tried again by themselves after that. */
export const REFUSED_RETRY = 30_000;
/** A server that is lost again sooner than this (ms) after it was back is not asked as if it were the first time. */
const STEADY = 10_000;
/** A credential plugin that failed may have opened a login: it is not run again before somebody asks. */
const NO_CREDENTIALS_RETRY = 24 * 3_600_000;

/**
 * Holds every watch back while the server does not answer, or does not accept who asks, and finds out alone when it
 * does again: one small request each time, instead of one from every watch.
 */
export class ConnectionGate {
  private readonly waiting = new Set<() => void>();
  private lostFor: ApiError | undefined;
  private hurry = new AbortController();
  private readonly backoff: Backoff;
  private openedAt = -Infinity;

  constructor(
    private readonly deps: ConnectionGateDeps,
    private readonly signal: AbortSignal,
  ) {
    this.backoff = new Backoff({ ...RETRY, random: deps.random });
  }

  /** Resolves when the server answers as far as is known; rejects with the signal's reason. */
  async pass(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.lostFor === undefined) {
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const stop = (): void => {
        this.waiting.delete(go);
        reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      const go = (): void => {
        signal.removeEventListener('abort', stop);
        resolve();
      };
      signal.addEventListener('abort', stop, { once: true });
      this.waiting.add(go);
    });
  }

  /** How many are held back. */
  get held(): number {
    return this.waiting.size;
  }

  /** Says that a request failed. Returns whether that is a matter of the connection, which is now looked after. */
  lost(error: unknown): boolean {
    if (!isConnectionError(error)) {
      return false;
    }
    if (this.lostFor === undefined) {
      if (this.deps.clock.now() - this.openedAt >= STEADY) {
        this.backoff.reset();
      }
      this.lostFor = error;
      this.deps.onChange(error);
      void this.probe();
    }
    return true;
  }

  /** Tries at once. */
  retryNow(): void {
    this.hurry.abort();
  }

  private async probe(): Promise<void> {
    while (!this.signal.aborted && this.lostFor !== undefined) {
      await this.pause(delayFor(this.lostFor, this.backoff));
      try {
        this.signal.throwIfAborted();
        await this.deps.probe(this.signal);
        this.open();
      } catch (error) {
        this.stillLost(error);
      }
    }
  }

  private stillLost(error: unknown): void {
    if (this.signal.aborted) {
      return;
    }
    if (!isConnectionError(error)) {
      this.open();
    } else if (error.message !== this.lostFor?.message) {
      this.lostFor = error;
      this.deps.onChange(error);
    }
  }

  private open(): void {
    this.openedAt = this.deps.clock.now();
    this.lostFor = undefined;
    const waiting = [...this.waiting];
    this.waiting.clear();
    this.deps.onChange(undefined);
    waiting.forEach((go) => go());
  }

  private async pause(ms: number): Promise<void> {
    this.hurry = new AbortController();
    const { hurry } = this;
    const stop = (): void => hurry.abort();
    this.signal.addEventListener('abort', stop);
    try {
      await this.deps.clock.sleep(ms, hurry.signal);
    } catch {
      // Hurried, or all is over: both are looked at by the loop.
    } finally {
      this.signal.removeEventListener('abort', stop);
    }
  }
}

function delayFor({ details }: ApiError, backoff: Backoff): number {
  if (details.reason === 'NoCredentials') {
    return NO_CREDENTIALS_RETRY;
  }
  return details.status === 401 && backoff.tries >= QUICK_TRIES ? REFUSED_RETRY : backoff.next(details.retryAfter);
}

/** No answer came, or the server does not know who asks. */
export function isConnectionError(error: unknown): error is ApiError {
  return error instanceof ApiError && (error.details.status === 401 || (error.details.status === 0 && !error.details.reason.startsWith('EBAD')));
}
