/**
 * The value as JSON would carry it (fields that are undefined are left out), deeply frozen. Parts that are frozen
 * already are taken as they are: what the store handed out comes back without being copied again.
 */
export function frozenCopy<T>(value: T): T {
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) return Object.freeze(value.map((item) => (item === undefined ? null : copy(item))));
  const result: Record<string, unknown> = {};
  for (const field of Object.keys(value)) {
    const part = (value as Record<string, unknown>)[field];
    if (part !== undefined) result[field] = copy(part);
  }
  return Object.freeze(result);
}
