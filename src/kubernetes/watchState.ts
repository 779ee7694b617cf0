import type { KubeObject } from '../kubeblocks/objects';

/** One kind's objects at one resource version. Never mutated. */
export interface WatchState<T> {
  readonly items: ReadonlyMap<string, T>;
  /** Opaque; where a watch is taken up. */
  readonly resourceVersion: string;
}

/** What became of the objects of a burst, by key: the last of each, or undefined for one that is gone. */
export interface WatchBurst<T> {
  readonly changes: ReadonlyMap<string, T | undefined>;
  readonly resourceVersion: string;
}

/** The state after a burst. The map keeps its identity when no object changed. */
export function applyBurst<T extends KubeObject>(state: WatchState<T>, burst: WatchBurst<T>): WatchState<T> {
  const changed = [...burst.changes].filter(([key, object]) => !isSameVersion(state.items.get(key), object));
  if (changed.length === 0) {
    return { items: state.items, resourceVersion: burst.resourceVersion };
  }
  const items = new Map(state.items);
  for (const [key, object] of changed) {
    if (object === undefined) {
      items.delete(key);
    } else {
      items.set(key, object);
    }
  }
  return { items, resourceVersion: burst.resourceVersion };
}

/** The same version of the same object; versions are compared for equality alone. */
export function isSameVersion(known: KubeObject | undefined, object: KubeObject | undefined): boolean {
  if (known === undefined || object === undefined) {
    return known === object;
  }
  const { uid, resourceVersion } = object.metadata;
  return resourceVersion !== undefined && known.metadata.uid === uid && known.metadata.resourceVersion === resourceVersion;
}
