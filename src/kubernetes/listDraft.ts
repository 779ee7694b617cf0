import { keyOf } from '../kubeblocks/inventory';
import type { KubeObject } from '../kubeblocks/objects';
import { isSameVersion, type WatchState } from './watchState';

/** How much a list has to grow (times) before it is shown again: all copies together cost a few times the list. */
const GROWTH = 1.25;

/**
 * A list as its pages come in. What it does not hold is gone; objects that did not change, and the map if none did,
 * keep their identity.
 */
export class ListDraft<T extends KubeObject> {
  private readonly items = new Map<string, T>();
  private isUnchanged = true;
  private shown = 0;

  constructor(private readonly before: ReadonlyMap<string, T>) {}

  add(object: T): void {
    const key = keyOf(object);
    const known = this.before.get(key);
    const isKnown = known !== undefined && isSameVersion(known, object);
    this.items.set(key, isKnown ? known : object);
    this.isUnchanged &&= isKnown;
  }

  /** A copy of what came so far, when that is markedly more than the last copy held. */
  takeGrown(): ReadonlyMap<string, T> | undefined {
    if (this.items.size === 0 || this.items.size < this.shown * GROWTH) {
      return undefined;
    }
    this.shown = this.items.size;
    return new Map(this.items);
  }

  /** The state that the whole list gives. */
  finish(resourceVersion: string): WatchState<T> {
    const isSame = this.isUnchanged && this.items.size === this.before.size;
    return { items: isSame ? this.before : this.items, resourceVersion };
  }
}
