/** The name that was probably meant: the fewest slips away, and not more than a third of the letters. */
export function nearestName(written: string, names: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.floor(written.length / 3));
  let best: string | undefined;
  let fewest = limit + 1;
  for (const name of names) {
    const slips = name.toLowerCase() === written.toLowerCase() ? 0 : slipsBetween(written.toLowerCase(), name.toLowerCase(), fewest);
    if (slips < fewest) {
      best = name;
      fewest = slips;
    }
  }
  return best;
}

/** The same; where none is near all of them, of which a person chooses. */
export function namesMeant(written: string, names: readonly string[]): readonly string[] {
  const nearest = nearestName(written, names);
  return nearest === undefined ? names : [nearest];
}

/** Levenshtein's distance with neighbours swapped counting once; `limit` where it would be that or more. */
function slipsBetween(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : Infinity;
      row.push(Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1), swapped));
    }
    before = last;
    last = row;
  }
  return Math.min(last[b.length] ?? limit, limit);
}
