import type { Clock } from '../kubeblocks/ports';
import type { ServerTime } from './session';

/** One answer: the server's `Date`, in ms and true to the second, and when the request left and the answer came here. */
interface Sample {
  readonly date: number;
  readonly sent: number;
  readonly received: number;
}

/** How far (ms) the server's clock may be ahead: at least `low`, at most `high`. */
interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** Samples of a simulated clock nearer to each other (ms) say nothing of its speed. */
const APART = 1000;
/** `Date` has whole seconds. */
const SECOND = 1000;

/**
 * The server's time, learnt from the `Date` headers of its answers. Each answer bounds how far the server's clock is
 * ahead: it was written after the request left and before the answer came. Bounds that agree are narrowed; bounds that
 * do not are replaced, as one of the clocks was set. Nothing is corrected that is not proved: within the bounds the
 * machine's clock is taken as far as possible.
 */
export class ServerClock implements ServerTime {
  private bounds: Bounds | undefined;
  private last: Sample | undefined;
  private speed = 1;
  /** The newest measurement, believed or not. */
  private measured: number | undefined;
  private simulated = false;

  constructor(private readonly machine: Pick<Clock, 'now'>) {}

  /** Takes what an answer's `Date` header says; a header that is absent or no HTTP date says nothing. */
  sample(header: string | undefined, sent: number, received: number): void {
    const date = httpDate(header);
    if (date === undefined || received < sent) {
      return;
    }
    const now = { date, sent, received };
    this.measureSpeed(now);
    this.narrow(boundsOf(now));
  }

  /** A playground's clock runs at a speed of its own; any other clock runs as this machine's does. */
  expectSpeed(simulated: boolean): void {
    if (simulated !== this.simulated) {
      this.simulated = simulated;
      this.speed = 1;
      this.measured = undefined;
      this.last = undefined;
    }
  }

  now(): number {
    const here = this.machine.now();
    if (this.speed !== 1 && this.last !== undefined) {
      return Math.round(this.last.date + SECOND / 2 + (here - middle(this.last)) * this.speed);
    }
    return here + (this.ahead ?? 0);
  }

  /** How far (ms) the server's clock is ahead of this machine's; undefined until an answer said it. */
  get ahead(): number | undefined {
    const { bounds } = this;
    return bounds === undefined ? undefined : Math.round(Math.min(Math.max(0, bounds.low), bounds.high));
  }

  private narrow(seen: Bounds): void {
    const { bounds } = this;
    const both = bounds === undefined ? seen : { low: Math.max(bounds.low, seen.low), high: Math.min(bounds.high, seen.high) };
    this.bounds = both.low <= both.high ? both : seen;
  }

  /** Believed when two measurements agree: a clock that was moved on once seems fast in one of them. */
  private measureSpeed(now: Sample): void {
    const { last } = this;
    if (!this.simulated || last === undefined) {
      this.last = this.simulated ? now : undefined;
      return;
    }
    const here = middle(now) - middle(last);
    const took = now.received - now.sent;
    if (here < APART || took * 10 > here) {
      return;
    }
    const there = now.date - last.date;
    const rounding = SECOND + took + (last.received - last.sent);
    const speed = there < 0 || Math.abs(there - here) <= rounding ? 1 : there / here;
    if (this.measured !== undefined && Math.abs(speed - this.measured) <= Math.max(speed, this.measured) / 5) {
      this.speed = speed;
    }
    this.measured = speed;
    this.last = now;
  }
}

function boundsOf({ date, sent, received }: Sample): Bounds {
  return { low: date - received, high: date + SECOND - 1 - sent };
}

function middle({ sent, received }: Sample): number {
  return (sent + received) / 2;
}

/** An IMF-fixdate (RFC 9110, 5.6.7), which is the one form servers send. */
function httpDate(text: string | undefined): number | undefined {
  const ms = text === undefined ? NaN : Date.parse(text);
  return Number.isNaN(ms) || new Date(ms).toUTCString() !== text ? undefined : ms;
}
