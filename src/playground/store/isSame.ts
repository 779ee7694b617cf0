/** Equal as JSON, whatever the order of fields; a field that is undefined is none. Parts that are shared cost nothing. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  return !Array.isArray(b) && hasSameFields(a as Fields, b as Fields);
}

type Fields = Readonly<Record<string, unknown>>;

function hasSameFields(a: Fields, b: Fields): boolean {
  for (const field of Object.keys(a)) {
    if (a[field] !== undefined && !(Object.hasOwn(b, field) && isSame(a[field], b[field]))) return false;
  }
  return Object.keys(b).every((field) => b[field] === undefined || a[field] !== undefined);
}
