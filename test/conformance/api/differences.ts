import { leafDifferences, type LeafDifference } from '../leafDifferences';
import type { Observation } from './scenario';

export interface Difference extends LeafDifference {
  readonly scenario: string;
  readonly request: string;
}

/** Every leaf in which two servers' answers differ; where the texts of two refusals differ, only that. */
export function differencesOf(scenario: string, real: Observation, playground: Observation): readonly Difference[] {
  return real.flatMap((expected, index) => {
    const actual = playground[index];
    const found = leafDifferences(expected, actual);
    const shown = found.find(({ at }) => at === 'status') ?? found.find(({ at }) => at === 'body.message');
    return (shown === undefined ? found : [shown]).map((difference) => ({ scenario, request: expected.request, ...difference }));
  });
}
