const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** Bytes of a Kubernetes quantity or of the plain number that backup jobs write; undefined for anything else. */
export function parseBytes(text: string | number | undefined): number | undefined {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(|n|u|m|k|[MGTPE]|[KMGTPE]i)$/.exec(String(text ?? '').trim());
  const scale = match?.[2] === undefined ? undefined : UNITS[match[2]];
  return scale === undefined ? undefined : Number(match?.[1]) * scale;
}

/** `15.2 GiB`: binary units, one decimal below 100. */
export function bytesText(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
  let amount = bytes;
  let unit = 0;
  while (amount >= 1023.95 && unit < units.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || amount >= 99.95 ? amount.toFixed(0) : amount.toFixed(1).replace(/\.0$/, '');
  return `${digits} ${units[unit] ?? ''}`;
}

/** A size as an object's status has it, in the reader's units; the text itself where it is no size. */
export function sizeText(text: string | undefined): string | undefined {
  const bytes = parseBytes(text);
  return bytes === undefined || text === '' ? text : bytesText(bytes);
}
