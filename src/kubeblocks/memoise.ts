/** Remembers the last result for as long as the parts that `keysOf` names keep their identity. */
export function memoiseBy<A extends object, R>(keysOf: (input: A) => readonly unknown[], compute: (input: A) => R): (input: A) => R {
  const results = new WeakMap<object, { readonly keys: readonly unknown[]; readonly result: R }>();
  return (input) => {
    const keys = keysOf(input);
    const anchor = keys.find((key) => typeof key === 'object' && key !== null) ?? input;
    const known = results.get(anchor);
    if (known?.keys.every((key, index) => key === keys[index]) === true) {
      return known.result;
    }
    const result = compute(input);
    results.set(anchor, { keys, result });
    return result;
  };
}

/**
 * Remembers the last result for as long as its keys keep their identity, and hands it on to compute the next from. It
 * lives no longer than its first key: what nobody shows any more is made anew.
 */
export function memoiseOnto<A, R>(
  keysOf: (input: A) => readonly [object, ...(readonly unknown[])],
  compute: (input: A, before: R | undefined) => R,
): (input: A) => R {
  const results = new WeakMap<object, { readonly keys: readonly unknown[]; readonly result: R }>();
  let newest: WeakRef<object> | undefined;
  return (input) => {
    const keys = keysOf(input);
    const before = newest?.deref();
    const last = before && results.get(before);
    if (last?.keys.every((key, index) => key === keys[index]) === true) {
      return last.result;
    }
    const result = compute(input, last?.result);
    results.set(keys[0], { keys, result });
    newest = new WeakRef(keys[0]);
    return result;
  };
}
