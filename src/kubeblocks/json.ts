/** Parts of objects whose fields are not declared here: they come from other people, and may hold anything. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = Readonly<Record<string, Json>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isJsonList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** The value under a path of keys; undefined where the way ends before. */
export function jsonAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((part, key) => (isJsonObject(part) && Object.hasOwn(part, key) ? part[key] : undefined), value);
}

export function jsonText(value: unknown, ...path: readonly string[]): string | undefined {
  const found = jsonAt(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** A quantity or number as text. */
export function jsonQuantity(value: unknown, ...path: readonly string[]): string | undefined {
  const found = jsonAt(value, ...path);
  return typeof found === 'string' ? found : typeof found === 'number' ? String(found) : undefined;
}

export function jsonNumber(value: unknown, ...path: readonly string[]): number | undefined {
  const found = jsonAt(value, ...path);
  return typeof found === 'number' ? found : undefined;
}

/** The objects in a list; none where there is no list. */
export function jsonObjects(value: unknown, ...path: readonly string[]): readonly JsonObject[] {
  const found = jsonAt(value, ...path);
  return isJsonList(found) ? found.filter(isJsonObject) : [];
}

/** The texts in a list; none where there is no list. */
export function jsonTexts(value: unknown, ...path: readonly string[]): readonly string[] {
  const found = jsonAt(value, ...path);
  return isJsonList(found) ? found.filter((each) => typeof each === 'string') : [];
}
