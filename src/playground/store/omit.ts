/** The object without some of its fields; the object itself where it has none of them. */
export function omit<T extends object>(object: T, ...fields: readonly string[]): T {
  if (!fields.some((field) => field in object)) return object;
  return Object.fromEntries(Object.entries(object).filter(([field]) => !fields.includes(field))) as T;
}
