import { StatusError, type Controller, type ObjectRef, type StoreEvent, type World } from '../world';
import type { AnyObject } from '../../kubeblocks/objects';
import { refOf } from './edits';

export interface ManagerOptions {
  readonly world: World;
  readonly controllers: readonly Controller[];
  /** Told of every error a reconcile throws (conflicts apart), before it is tried again. */
  readonly onError: (error: unknown, controller: string, ref: ObjectRef) => void;
  /** Playground time between a change and the reconcile it causes, as a cache and a queue take in a real cluster. */
  readonly latencyMs?: number;
}

export interface Manager {
  /** Reconciles everything there is, then follows changes. */
  start(): void;
  stop(): void;
}

interface Item {
  readonly key: string;
  readonly controller: Controller;
  readonly ref: ObjectRef;
}

/** As controller-runtime's default: doubled with each failure in a row. */
const FIRST_BACKOFF_MS = 5;
const LONGEST_BACKOFF_MS = 1_000_000;

/**
 * Runs controllers over a world: one queue without duplicates, drained in order and never from within a reconcile, so
 * that a reconcile sees the store as it was left by the one before. Each controller's `requeueAfterMs` is kept as one
 * timer per object; the latest reconcile decides.
 */
export function createManager({ world, controllers, onError, latencyMs = 5 }: ManagerOptions): Manager {
  const queue = new Map<string, Item>();
  const requeues = new Map<string, () => void>();
  const failures = new Map<string, number>();
  const watchers = indexByResource(controllers);
  let unsubscribe: (() => void) | undefined;
  let cancelDrain: (() => void) | undefined;

  function enqueue(item: Item): void {
    if (unsubscribe === undefined || queue.has(item.key)) return;
    queue.set(item.key, item);
    cancelDrain ??= world.clock.after(latencyMs, drain);
  }

  function enqueueFor(resourceKey: string, object: AnyObject): void {
    for (const { controller, keys } of watchers.get(resourceKey) ?? []) {
      for (const ref of keys(object, world)) enqueue(itemOf(controller, ref));
    }
  }

  /** One round: what was waiting when it began. What these cause comes in the next. */
  function drain(): void {
    cancelDrain = undefined;
    const round = [...queue.values()];
    for (const item of round) {
      queue.delete(item.key);
      run(item);
    }
    if (queue.size > 0) cancelDrain ??= world.clock.after(latencyMs, drain);
  }

  function run(item: Item): void {
    requeues.get(item.key)?.();
    requeues.delete(item.key);
    try {
      const result = item.controller.reconcile(item.ref, world);
      failures.delete(item.key);
      if (result !== undefined) requeueAfter(item, result.requeueAfterMs);
    } catch (error) {
      if (!isConflict(error)) onError(error, item.controller.name, item.ref);
      const failed = failures.get(item.key) ?? 0;
      failures.set(item.key, failed + 1);
      requeueAfter(item, Math.min(FIRST_BACKOFF_MS * 2 ** failed, LONGEST_BACKOFF_MS));
    }
  }

  function requeueAfter(item: Item, delayMs: number): void {
    requeues.set(
      item.key,
      world.clock.after(delayMs, () => {
        requeues.delete(item.key);
        enqueue(item);
      }),
    );
  }

  return {
    start() {
      unsubscribe ??= world.store.subscribe((event: StoreEvent) => {
        enqueueFor(resourceKeyOf(event.resource), event.object);
      });
      for (const resource of watchedResources(controllers)) {
        for (const object of world.store.list(resource)) enqueueFor(resourceKeyOf(resource), object);
      }
    },
    stop() {
      unsubscribe?.();
      unsubscribe = undefined;
      cancelDrain?.();
      cancelDrain = undefined;
      for (const cancel of requeues.values()) cancel();
      requeues.clear();
      queue.clear();
    },
  };
}

type Watch = Controller['watches'][number];

interface Watcher {
  readonly controller: Controller;
  readonly keys: (object: AnyObject, world: World) => readonly ObjectRef[];
}

function indexByResource(controllers: readonly Controller[]): ReadonlyMap<string, readonly Watcher[]> {
  const index = new Map<string, Watcher[]>();
  for (const controller of controllers) {
    for (const watch of controller.watches) {
      const key = resourceKeyOf(watch.resource);
      const watchers = index.get(key) ?? [];
      watchers.push({ controller, keys: watch.keys ?? ((object) => [refOf(object)]) });
      index.set(key, watchers);
    }
  }
  return index;
}

function watchedResources(controllers: readonly Controller[]): readonly Watch['resource'][] {
  const byKey = new Map(
    controllers.flatMap((controller) => controller.watches.map((watch) => [resourceKeyOf(watch.resource), watch.resource])),
  );
  return [...byKey.values()];
}

function resourceKeyOf(resource: Watch['resource']): string {
  return `${resource.group}/${resource.plural}`;
}

function itemOf(controller: Controller, ref: ObjectRef): Item {
  return { key: `${controller.name} ${ref.namespace ?? ''}/${ref.name}`, controller, ref };
}

function isConflict(error: unknown): boolean {
  return error instanceof StatusError && error.code === 409 && error.reason === 'Conflict';
}
