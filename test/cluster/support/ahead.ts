/**
 * Does works ahead of the tests that ask for them, in their order and so many at once: much of their time is waiting, and
 * each has a namespace of its own. Gives how to get the result of one; its failure is that test's.
 */
export function ahead<T>(works: ReadonlyMap<string, () => Promise<T>>, atOnce: number): (name: string) => Promise<T> {
  const results = new Map<string, Promise<T>>();
  const waiting: (() => void)[] = [];
  let free = atOnce;
  const place = async (): Promise<void> => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free -= 1;
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  for (const [name, work] of works) {
    const result = place().then(work).finally(leave);
    result.catch(() => undefined);
    results.set(name, result);
  }
  return (name) => results.get(name) ?? Promise.reject(new Error(`nobody does "${name}"`));
}
