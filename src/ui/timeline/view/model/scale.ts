/** What is in sight of the time axis. Ms since the epoch; the width in pixels. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

const SECOND = 1000;
/** Closer than this (ms) there is nothing more to see. */
const CLOSEST = 20 * SECOND;
const MARGIN = 0.03;

export function positionOf({ from, to, width }: Scale, ms: number): number {
  return ((ms - from) / (to - from)) * width;
}

/** The whole second at a position. */
export function instantAt({ from, to, width }: Scale, x: number): number {
  return Math.round((from + (x / Math.max(1, width)) * (to - from)) / SECOND) * SECOND;
}

/** Everything between two instants, with a little room beside it. */
export function fitting(from: number, to: number, width: number): Scale {
  const length = Math.max(CLOSEST, to - from);
  return { from: from - length * MARGIN, to: from + length * (1 + MARGIN), width };
}

/** Closer by a factor above 1; what is at `around` stays where it is. Never further than ten times what there is. */
export function zoomed(scale: Scale, factor: number, around: number, bounds: { readonly from: number; readonly to: number }): Scale {
  const longest = 10 * Math.max(CLOSEST, bounds.to - bounds.from);
  const length = Math.min(longest, Math.max(CLOSEST, (scale.to - scale.from) / factor));
  const share = (around - scale.from) / (scale.to - scale.from);
  const from = around - share * length;
  return { ...scale, from, to: from + length };
}

/** Moved by a share of what is in sight; positive is later. */
export function panned(scale: Scale, share: number): Scale {
  const by = share * (scale.to - scale.from);
  return { ...scale, from: scale.from + by, to: scale.to + by };
}

/** Moved as far as needed to have an instant in sight, with some room before the edge. */
export function showing(scale: Scale, ms: number): Scale {
  const length = scale.to - scale.from;
  const room = length * 0.1;
  if (ms < scale.from + room / 2) {
    return { ...scale, from: ms - room, to: ms - room + length };
  }
  return ms > scale.to - room / 2 ? { ...scale, from: ms + room - length, to: ms + room } : scale;
}
