import { differencesOf, type Comparison } from '../stories/report';
import type { StoryDifference } from '../stories/known';
import { reasonFor } from './known';

/** Differences that nobody gave a reason for. */
export function faultsOf(comparison: Comparison): readonly StoryDifference[] {
  return differencesOf(comparison).filter((difference) => reasonFor(difference) === undefined);
}

const WIDTH = 90;

/** A line for each fault, then how many stories were told, how many differ, and why the rest may. */
export function reportText(comparisons: readonly Comparison[]): string {
  const rows = comparisons.flatMap((comparison) => faultsOf(comparison).map(({ story, at, ...sides }) => `${story} | ${at} | real ${shown(sides.real)} | playground ${shown(sides.playground)}`));
  const differing = comparisons.filter((comparison) => faultsOf(comparison).length > 0).length;
  const known = new Set(comparisons.flatMap((comparison) => differencesOf(comparison).flatMap((difference) => reasonFor(difference) ?? [])));
  return [...rows, `${String(comparisons.length)} stories of other lines: ${String(differing)} differ, ${String(known.size)} known reasons.`, ...[...known].map((why) => `  known: ${why}`)].join('\n');
}

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > WIDTH ? `${text.slice(0, WIDTH)}…` : text;
}
