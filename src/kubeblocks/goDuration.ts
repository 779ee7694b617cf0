const UNIT_NS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  '\u00b5s': 1e3,
  '\u03bcs': 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

const MAX_NS = 2 ** 63;

/** A Go duration (`1h30m`, `2m3.5s`) in milliseconds, or the text of Go's `time.ParseDuration`. */
export function parseGoDuration(text: string): { readonly ms: number } | { readonly error: string } {
  const quoted = JSON.stringify(text);
  const unsigned = text.replace(/^[+-]/, '');
  if (unsigned === '0') {
    return { ms: 0 };
  }
  if (unsigned === '') {
    return { error: `time: invalid duration ${quoted}` };
  }
  let rest = unsigned;
  let ns = 0;
  while (rest !== '') {
    const number = /^(?:\d+\.?\d*|\.\d+)/.exec(rest)?.[0];
    if (number === undefined) {
      return { error: `time: invalid duration ${quoted}` };
    }
    rest = rest.slice(number.length);
    const unit = /^[^.\d]+/.exec(rest)?.[0];
    if (unit === undefined) {
      return { error: `time: missing unit in duration ${quoted}` };
    }
    const scale = Object.hasOwn(UNIT_NS, unit) ? UNIT_NS[unit] : undefined;
    if (scale === undefined) {
      return { error: `time: unknown unit ${JSON.stringify(unit)} in duration ${quoted}` };
    }
    rest = rest.slice(unit.length);
    ns += Number(number) * scale;
    if (ns >= MAX_NS) {
      return { error: `time: invalid duration ${quoted}` };
    }
  }
  const ms = ns / 1e6;
  return { ms: text.startsWith('-') ? -ms : ms };
}
