/** The object without some of its fields; the object itself where it has none of them. */
export function omit<T extends object>(object: T, ...fields: readonly string[]): T {
  if (!fields.some((field) => field in object)) return object;
  const result: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(object)) {
    if (!fields.includes(field)) result[field] = value;
  }
  return result as T;
}
