import type { Fix } from './fix';

/** For a person to decide on: none is made with all others at once, also where there is but one. */
export function asChoices(fixes: readonly Fix[]): readonly Fix[] {
  return fixes.map((fix) => ({ ...fix, isChoice: true }));
}
