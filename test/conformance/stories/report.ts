import { leafDifferences, type LeafDifference } from '../leafDifferences';
import { reasonFor, type StoryDifference } from './known';
import type { StoryObservation } from './observe';

/** How a run of both sides went. */
export interface Comparison {
  readonly story: string;
  readonly real: StoryObservation;
  readonly playground: StoryObservation;
}

/** Objects by their leaves; of events, those that one side alone told: `events.Backup/full Normal CreatedBackup (…): …`. */
export function differencesOf({ story, real, playground }: Comparison): readonly StoryDifference[] {
  const { events: toldByReal, ...realObjects } = real;
  const { events: toldByPlayground, ...playgroundObjects } = playground;
  return [...leafDifferences(realObjects, playgroundObjects), ...eventDifferences(toldByReal, toldByPlayground)].map((difference) => ({ story, ...difference }));
}

function eventDifferences(real: StoryObservation['events'], playground: StoryObservation['events']): readonly LeafDifference[] {
  return [...new Set([...Object.keys(real), ...Object.keys(playground)])].flatMap((about) => {
    const [byReal, byPlayground] = [new Set(real[about]), new Set(playground[about])];
    const at = (text: string): string => `events.${about} ${text}`;
    return [
      ...[...byReal].filter((text) => !byPlayground.has(text)).map((text) => ({ at: at(text), real: 'told', playground: undefined })),
      ...[...byPlayground].filter((text) => !byReal.has(text)).map((text) => ({ at: at(text), real: undefined, playground: 'told' })),
    ];
  });
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
