import type { WatchBurst } from './watchState';

/** Watch events that were read and not applied yet: of each object only the last. */
export class PendingBurst<T> {
  private changes = new Map<string, T | undefined>();
  private resourceVersion: string | undefined;

  add(key: string | undefined, object: T | undefined, resourceVersion: string): void {
    if (key !== undefined) {
      this.changes.set(key, object);
    }
    if (resourceVersion !== '') {
      this.resourceVersion = resourceVersion;
    }
  }

  get isEmpty(): boolean {
    return this.changes.size === 0;
  }

  /** Everything up to now, which is forgotten here. `since` is the version before it. */
  take(since: string): WatchBurst<T> {
    const burst = { changes: this.changes, resourceVersion: this.resourceVersion ?? since };
    this.changes = new Map();
    this.resourceVersion = undefined;
    return burst;
  }
}
