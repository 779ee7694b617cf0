import type { CollectionName } from '../kubeblocks/inventory';
import type { Resource } from '../kubeblocks/resource';
import { linkedController } from './linkedController';

/** Begins to list and watch a resource into a collection, until the signal. */
export type StartWatch = (name: CollectionName, resource: Resource, signal: AbortSignal) => { refresh(): void };

/** The collections that are kept current, each begun once. */
export class WatchedKinds {
  private readonly lists = new Map<CollectionName, { refresh(): void }>();
  private readonly ending: AbortController;

  constructor(
    signal: AbortSignal,
    private readonly start: StartWatch,
  ) {
    this.ending = linkedController(signal).controller;
  }

  /** @param resourceOf undefined for what is not begun yet. */
  begin(names: readonly CollectionName[], resourceOf: (name: CollectionName) => Resource | undefined): void {
    names.forEach((name) => {
      const resource = resourceOf(name);
      if (resource !== undefined && !this.lists.has(name)) {
        this.lists.set(name, this.start(name, resource, this.ending.signal));
      }
    });
  }

  refresh(): void {
    this.lists.forEach((list) => list.refresh());
  }

  stop(): void {
    this.ending.abort(new Error('changed'));
  }
}
