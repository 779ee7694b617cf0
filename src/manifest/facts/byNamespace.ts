import { grouped } from './grouped';

/**
 * A list by namespace, looked through once: for each namespace what is in it and what says none, in the order of the list;
 * for no namespace all of it.
 */
export function byNamespace<T>(items: readonly T[], namespaceOf: (item: T) => string | undefined): (namespace: string | undefined) => readonly T[] {
  let places: ReadonlyMap<string | undefined, readonly number[]> | undefined;
  return (namespace) => {
    if (namespace === undefined) return items;
    places ??= grouped(Array.from(items.keys()), (place) => namespaceOf(items[place] as T));
    return inOrder(places.get(namespace) ?? [], places.get(undefined) ?? []).flatMap((place) => items[place] ?? []);
  };
}

/** Two lists of numbers that rise, as one. */
function inOrder(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  return [...a, ...b].sort((x, y) => x - y);
}
