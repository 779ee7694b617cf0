export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy with each value mapped; a field mapped to undefined is left out. */
export function mapValues(object: JsonObject, map: (value: unknown, key: string) => unknown): JsonObject {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) {
    const mapped = map(value, key);
    if (mapped !== undefined) setField(result, key, mapped);
  }
  return result;
}

/** Sets a field of any name; to assign to `__proto__` would change the prototype. */
function setField(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') target[key] = value;
  else Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}
