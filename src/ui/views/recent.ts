/** How long (ms) words that speak of ages are good for; views look at ages again a little later than that. */
const FRESH = 15_000;

interface Made<V> {
  readonly inputs: readonly unknown[];
  readonly at: number;
  readonly value: V;
}

/**
 * Keeps what was made of an immutable object until another input changes or its ages are due, so that a change costs
 * what it touches and not what is shown.
 */
export class Recent<K extends object, V> {
  private readonly made = new WeakMap<K, Made<V>>();

  /** `now` in ms since the epoch. Inputs are compared by identity. */
  get(object: K, inputs: readonly unknown[], now: number, make: () => V): V {
    const known = this.made.get(object);
    const age = known === undefined ? Infinity : now - known.at;
    if (known !== undefined && age >= 0 && age < FRESH && known.inputs.every((input, index) => input === inputs[index])) {
      return known.value;
    }
    const value = make();
    this.made.set(object, { inputs, at: now, value });
    return value;
  }
}
