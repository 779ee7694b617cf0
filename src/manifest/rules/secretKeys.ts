import type { Fact } from '../facts/facts';

/** The keys of a Secret, whichever way they are written. */
export function secretKeys({ object }: Fact): ReadonlySet<string> {
  const { data, stringData } = object as { readonly data?: unknown; readonly stringData?: unknown };
  return new Set([data, stringData].flatMap((map) => (typeof map === 'object' && map !== null ? Object.keys(map) : [])));
}
