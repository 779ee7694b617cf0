import { isObject } from './jsonReading';

/**
 * Reads a value of one declared shape out of JSON that may hold anything: what does not fit is left out, and
 * `undefined` means that nothing of it fits. Nothing here throws.
 */
export type Shape<T> = (value: unknown) => T | undefined;

/** A reader for each field of `T`, present or optional. */
export type Fields<T> = { readonly [K in keyof T]-?: Shape<Exclude<T[K], undefined>> };

export const text: Shape<string> = (value) => (typeof value === 'string' ? value : undefined);
export const count: Shape<number> = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
export const flag: Shape<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);
export const anything: Shape<unknown> = (value) => value ?? undefined;
export const textOrCount: Shape<string | number> = (value) => text(value) ?? count(value);

/** Longest string (characters) worth looking up. */
const LONGEST_SHARED = 128;

/**
 * A string that many objects share: equal ones become one in memory. At most `size` are remembered, then it begins
 * anew; a small size serves strings that repeat within one object.
 */
export function shared(size = 10_000): Shape<string> {
  const pool = new Map<string, string>();
  return (value) => (typeof value === 'string' && value.length <= LONGEST_SHARED ? pooled(pool, size, value, value) : text(value));
}

/** A part that many objects have alike: equal ones become one in memory. Nothing that is read here is ever mutated. */
export function sharedPart<T extends object>(shape: Shape<T>, size = 2_000): Shape<T> {
  const pool = new Map<string, T>();
  return (value) => {
    const kept = shape(value);
    return kept && pooled(pool, size, JSON.stringify(kept), kept);
  };
}

function pooled<T>(pool: Map<string, T>, size: number, key: string, value: T): T {
  const known = pool.get(key);
  if (known !== undefined) {
    return known;
  }
  if (pool.size >= size) {
    pool.clear();
  }
  pool.set(key, value);
  return value;
}

/** Items that do not fit are left out. Written as loops, as all below: ten thousand objects pass here when a view opens. */
export function listOf<T>(item: Shape<T>): Shape<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value)) {
      return undefined;
    }
    const kept: T[] = [];
    for (const entry of value) {
      const fitting = item(entry);
      if (fitting !== undefined) {
        kept.push(fitting);
      }
    }
    return kept;
  };
}

/** @param wants which keys are kept; all where it is absent. */
export function mapOf<T>(item: Shape<T>, wants?: (key: string) => boolean): Shape<Readonly<Record<string, T>>> {
  return (value) => {
    if (!isObject(value)) {
      return undefined;
    }
    const kept: Record<string, T> = {};
    for (const key of Object.keys(value)) {
      const fitting = wants === undefined || wants(key) ? item(value[key]) : undefined;
      if (fitting !== undefined) {
        put(kept, key, fitting);
      }
    }
    return kept;
  };
}

/** Assigning to `__proto__` would set the prototype. */
function put<T>(target: Record<string, T>, key: string, value: T): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  } else {
    target[key] = value;
  }
}

/** An object of these fields. Without every field of `required` it is left out. */
export function objectOf<T extends object>(fields: Fields<T>, required: readonly (keyof T & string)[] = []): Shape<T> {
  const readers = Object.entries<Shape<unknown>>(fields as Readonly<Record<string, Shape<unknown>>>).map(([name, read]) => ({ name, read }));
  return (value) => {
    if (!isObject(value)) {
      return undefined;
    }
    const kept: Record<string, unknown> = {};
    for (const { name, read } of readers) {
      const field = Object.hasOwn(value, name) ? read(value[name]) : undefined;
      if (field !== undefined) {
        kept[name] = field;
      }
    }
    return required.every((name) => name in kept) ? (kept as T) : undefined;
  };
}
