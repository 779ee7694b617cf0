/** Careful reading of objects whose shape nobody has checked. */

function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((part, key) => (typeof part === 'object' && part !== null ? (part as Record<string, unknown>)[key] : undefined), value);
}

/** A string, number or boolean as text; else the fallback. */
export function text(value: unknown, path: string, fallback = ''): string {
  const found = at(value, path);
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? String(found) : fallback;
}

export function number(value: unknown, path: string, fallback = 0): number {
  const found = at(value, path);
  return typeof found === 'number' ? found : fallback;
}

export function list(value: unknown, path: string): readonly unknown[] {
  const found = at(value, path);
  return Array.isArray(found) ? found : [];
}

export function map(value: unknown, path: string): Readonly<Record<string, unknown>> {
  const found = at(value, path);
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Record<string, unknown>) : {};
}

export function has(value: unknown, path: string): boolean {
  return at(value, path) !== undefined && at(value, path) !== null;
}
