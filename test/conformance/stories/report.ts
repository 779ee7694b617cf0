import { leafDifferences } from '../leafDifferences';
import { reasonFor, type StoryDifference } from './known';
import type { StoryObservation } from './observe';

/** How a run of both sides went. */
export interface Comparison {
  readonly story: string;
  readonly real: StoryObservation;
  readonly playground: StoryObservation;
}

export function differencesOf({ story, real, playground }: Comparison): readonly StoryDifference[] {
  return leafDifferences(real, playground).map((difference) => ({ story, ...difference }));
}

/** Those that nobody gave a reason for. */
export function faultsOf(comparison: Comparison): readonly StoryDifference[] {
  return differencesOf(comparison).filter((difference) => reasonFor(difference) === undefined);
}

const WIDTH = 60;

/** A line for each fault, then how many stories ran and how many differ. */
export function reportText(comparisons: readonly Comparison[], real: 'live' | 'recorded'): string {
  const rows = comparisons.flatMap((comparison) => faultsOf(comparison).map(({ story, at, ...sides }) => `${story} | ${at} | real ${shown(sides.real)} | playground ${shown(sides.playground)}`));
  const differing = comparisons.filter((comparison) => faultsOf(comparison).length > 0).length;
  const known = new Set(comparisons.flatMap((comparison) => differencesOf(comparison).flatMap((difference) => reasonFor(difference) ?? [])));
  const sum = `${comparisons.length} stories on the playground, ${comparisons.length} on the real side (${real}): ${differing} differ, ${known.size} known reasons.`;
  return [...rows, sum, ...[...known].map((why) => `  known: ${why}`)].join('\n');
}

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > WIDTH ? `${text.slice(0, WIDTH)}…` : text;
}
