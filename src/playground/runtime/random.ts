import type { Random } from '../world';

/** `k8s.io/apimachinery/pkg/util/rand`: no vowels and no look-alikes, so that no words come out. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** Mulberry32: small, and more than good enough for names and sizes. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  function pick(from: string): string {
    return from.charAt(Math.floor(next() * from.length));
  }

  return {
    next,
    suffix: (length) => Array.from({ length }, () => pick(ALPHABET)).join(''),
    uuid: () =>
      'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (slot) => pick(slot === 'x' ? '0123456789abcdef' : '89ab')),
  };
}
