/** One place in which two values differ. */
export interface LeafDifference {
  /** `body.details.causes.1`; empty where the values differ as a whole. */
  readonly at: string;
  readonly real: unknown;
  readonly playground: unknown;
}

/** Every leaf in which two JSON values differ. */
export function leafDifferences(real: unknown, playground: unknown, at = ''): readonly LeafDifference[] {
  if (isContainer(real) && isContainer(playground) && Array.isArray(real) === Array.isArray(playground)) {
    const keys = new Set([...Object.keys(real), ...Object.keys(playground)]);
    return [...keys].flatMap((key) => leafDifferences(real[key], playground[key], at === '' ? key : `${at}.${key}`));
  }
  return JSON.stringify(real) === JSON.stringify(playground) ? [] : [{ at, real, playground }];
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
