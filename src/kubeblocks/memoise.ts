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

/** Remembers the last result for as long as its keys keep their identity, and hands it on to compute the next from. */
export function memoiseOnto<A, R>(keysOf: (input: A) => readonly unknown[], compute: (input: A, before: R | undefined) => R): (input: A) => R {
  let last: { readonly keys: readonly unknown[]; readonly result: R } | undefined;
  return (input) => {
    const keys = keysOf(input);
    if (last?.keys.every((key, index) => key === keys[index]) !== true) {
      last = { keys, result: compute(input, last?.result) };
    }
    return last.result;
  };
}
