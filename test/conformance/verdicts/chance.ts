import { createRandom } from '../../../src/playground/runtime/random';

/** Choices that come out the same for the same seed. */
export class Chance {
  private readonly random;

  constructor(seed: number) {
    this.random = createRandom(seed);
  }

  /** A whole number from 0, the limit excluded. */
  below(limit: number): number {
    return Math.floor(this.random.next() * limit);
  }

  isOneIn(many: number): boolean {
    return this.below(many) === 0;
  }

  /** Throws where there is nothing to choose from. */
  pick<T>(from: readonly T[]): T {
    const [picked] = from.slice(this.below(from.length));
    if (from.length === 0) throw new Error('nothing to choose from');
    return picked as T;
  }
}
