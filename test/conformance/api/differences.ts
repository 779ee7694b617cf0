import type { Observation } from './scenario';

export interface Difference {
  readonly scenario: string;
  readonly request: string;
  /** Where in the observed answer: `body.details.causes.1`. */
  readonly at: string;
  readonly real: unknown;
  readonly playground: unknown;
}

/** Every leaf in which two servers' answers differ; where the texts of two refusals differ, only that. */
export function differencesOf(scenario: string, real: Observation, playground: Observation): readonly Difference[] {
  return real.flatMap((expected, index) => {
    const actual = playground[index];
    const found = compare(expected, actual, '');
    const shown = found.find(({ at }) => at === 'status') ?? found.find(({ at }) => at === 'body.message');
    return (shown === undefined ? found : [shown]).map((difference) => ({ scenario, request: expected.request, ...difference }));
  });
}

type Leaf = Pick<Difference, 'at' | 'real' | 'playground'>;

function compare(real: unknown, playground: unknown, at: string): readonly Leaf[] {
  if (isContainer(real) && isContainer(playground) && Array.isArray(real) === Array.isArray(playground)) {
    const keys = new Set([...Object.keys(real), ...Object.keys(playground)]);
    return [...keys].flatMap((key) => compare(real[key], playground[key], at === '' ? key : `${at}.${key}`));
  }
  return JSON.stringify(real) === JSON.stringify(playground) ? [] : [{ at, real, playground }];
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
