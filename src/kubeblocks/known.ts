import type { Collection } from './inventory';
import type { KubeObject } from './objects';

/** Whether what is not in the collection is known not to exist. */
export function isComplete(collection: Collection<KubeObject>): boolean {
  return collection.state.state === 'ready';
}

/** An object by key; `missing` only where the list is complete. */
export function find<T extends KubeObject>(collection: Collection<T>, key: string): T | 'missing' | 'unknown' {
  return collection.items.get(key) ?? (isComplete(collection) ? 'missing' : 'unknown');
}
