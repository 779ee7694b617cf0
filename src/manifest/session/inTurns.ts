import type { Turn } from '../readInTurns';

/** `flatMap` for long lists: asks after every item whether the turn of the event loop is over. Rejects as `turn` does. */
export async function inTurns<Item, Made>(items: readonly Item[], make: (item: Item) => readonly Made[], turn: Turn): Promise<Made[]> {
  const all: Made[] = [];
  for (const item of items) {
    all.push(...make(item));
    const pause = turn();
    if (pause !== undefined) await pause;
  }
  return all;
}
