const UNITS: Readonly<Record<string, number>> = {
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
};

/** What a quantity such as `500m` or `1.5Gi` comes to; undefined when it is none. */
export function amountOf(quantity: string | undefined): number | undefined {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([KMGTPE]i|[mkMGTPE])?$/.exec(quantity ?? '') ?? [];
  if (digits === undefined) return undefined;
  return Number(digits) * (unit === undefined ? 1 : (UNITS[unit] ?? 1));
}

/** Bytes of a Kubernetes quantity such as `20Gi`; undefined when it is none. */
export function bytesOf(quantity: string | undefined): number | undefined {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|Ti|k|M|G|T)?$/.exec(quantity ?? '') ?? [];
  if (digits === undefined) return undefined;
  return Number(digits) * (unit === undefined ? 1 : (UNITS[unit] ?? 1));
}
