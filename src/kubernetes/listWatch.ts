import { keyOf, type Collection, type ListState } from '../kubeblocks/inventory';
import type { KubeObject } from '../kubeblocks/objects';
import type { Clock, Logger } from '../kubeblocks/ports';
import { qualifiedName, type Resource } from '../kubeblocks/resource';
import { ApiError } from './api';
import { Backoff, RETRY } from './backoff';
import type { ConnectionGate } from './connectionGate';
import { Turns, nextTurn } from './eventLoop';
import type { ListWatchSource } from './kubernetesApi';
import { linkedController } from './linkedController';
import { ListDraft } from './listDraft';
import { PendingBurst } from './pendingBurst';
import type { Shape } from './shape';
import type { WatchEvent } from './watchEvent';
import { applyBurst, type WatchState } from './watchState';

export interface ListWatchDeps {
  readonly source: ListWatchSource;
  readonly gate: Pick<ConnectionGate, 'pass' | 'lost'>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
}

export interface ListWatchOptions<T extends KubeObject> {
  readonly resource: Resource;
  /** Listed instead where the whole cluster may not be. */
  readonly fallbackNamespace: string;
  readonly project: Shape<T>;
  readonly onChange: (collection: Collection<T>) => void;
}

/** Times in ms. */
export const TIMING = {
  /** A watch that lived this long was good: what ends it is no reason to wait. */
  goodWatch: 4_000,
  /** The API server sends a bookmark about each minute; one this silent is looked into. */
  silence: 90_000,
  /** Events of this long become one change. */
  burst: 100,
  /** How long until a refusal, or a missing kind, is looked at again without being asked to. */
  refused: 300_000,
  /** The same for a kind that was listed before, at first: a server that starts refuses until it has read its rules. */
  refusedAnew: 4_000,
} as const;

/** Seconds the server is asked to keep a watch; up to a tenth more, so that not all end at once. */
const WATCH_SECONDS = 270;
/** Failures after which the list is read again: the version may be one that this server never had. */
const RELIST_AFTER = 3;

const SILENT = Symbol('silent');

/**
 * Keeps one kind's collection current: list, watch, take the watch up again when it ends, list again when the version
 * is too old (410). A refusal stops it for minutes; every other failure is tried again with growing delays while what
 * was known stays.
 */
export class ListWatch<T extends KubeObject> {
  private state: WatchState<T> = { items: new Map(), resourceVersion: '' };
  private listState: ListState = { state: 'loading' };
  private namespace: string | undefined;
  private isListed = false;
  private wasReady = false;
  private refusals = 0;
  private lastProof: number | undefined;
  /** When the server agreed to the watch that is open, or was last. */
  private acceptedAt: number | undefined;
  private round = new AbortController();
  private readonly backoff: Backoff;

  constructor(
    private readonly deps: ListWatchDeps,
    private readonly options: ListWatchOptions<T>,
  ) {
    this.backoff = new Backoff({ ...RETRY, random: deps.random });
  }

  get collection(): Collection<T> {
    return { state: this.listState, items: this.state.items };
  }

  /** Runs until aborted. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const round = linkedController(signal);
      this.round = round.controller;
      try {
        await this.deps.gate.pass(this.round.signal);
        await this.listAndWatch(this.round.signal);
      } catch (error) {
        await this.recover(error, this.round.signal);
      } finally {
        round.unlink();
      }
    }
  }

  /** Lists anew at once, whatever is going on. */
  refresh(): void {
    this.isListed = false;
    this.namespace = undefined;
    this.backoff.reset();
    this.round.abort(new Error('refresh'));
  }

  private async listAndWatch(signal: AbortSignal): Promise<void> {
    if (!this.isListed) {
      await this.list(signal);
    }
    this.acceptedAt = undefined;
    try {
      await this.watch(signal);
    } catch (error) {
      if (signal.aborted || !this.wasGoodWatch || !isInterruption(error)) {
        throw error;
      }
      this.deps.logger.debug(`${this.name}: the watch was interrupted and is taken up again`);
    }
    if (this.wasGoodWatch) {
      this.backoff.reset();
    } else {
      await this.deps.clock.sleep(this.backoff.next(), signal);
    }
  }

  /** A watch that the server never agreed to was none, however long that took. */
  private get wasGoodWatch(): boolean {
    return this.acceptedAt !== undefined && this.deps.clock.now() - this.acceptedAt >= TIMING.goodWatch;
  }

  private async list(signal: AbortSignal): Promise<void> {
    const draft = new ListDraft(this.state.items);
    let resourceVersion = '';
    for await (const page of this.deps.source.listPages(this.options.resource, this.namespace, { signal })) {
      await this.take(page.items, draft);
      signal.throwIfAborted();
      resourceVersion = page.resourceVersion;
      this.publishPart(draft);
    }
    this.state = draft.finish(resourceVersion);
    this.isListed = true;
    this.becomeReady();
    this.publish();
  }

  /** Parsing a page has had its turn; projecting it gets turns of its own. */
  private async take(items: readonly unknown[], draft: ListDraft<T>): Promise<void> {
    await nextTurn();
    const turns = new Turns();
    for (const item of items) {
      const object = this.options.project(item);
      if (object !== undefined) {
        draft.add(object);
      }
      await turns.giveWay();
    }
  }

  /** While nothing was known, what has come so far is shown; it counts as loading until all is there. */
  private publishPart(draft: ListDraft<T>): void {
    const items = this.listState.state === 'loading' ? draft.takeGrown() : undefined;
    if (items !== undefined) {
      this.options.onChange({ state: this.listState, items });
    }
  }

  private async watch(signal: AbortSignal): Promise<void> {
    const { source, clock, random } = this.deps;
    const timeoutSeconds = Math.round(WATCH_SECONDS * (1 + random() / 10));
    const { controller, unlink } = linkedController(signal);
    const { resourceVersion } = this.state;
    try {
      const events = await source.watch(this.options.resource, this.namespace, { resourceVersion, timeoutSeconds, signal: controller.signal });
      this.acceptedAt = clock.now();
      if (this.listState.state !== 'ready') {
        this.becomeReady();
        this.publish();
      }
      const proof = { at: clock.now() };
      void this.watchOver(proof, controller);
      await this.follow(events, proof, controller.signal);
    } catch (error) {
      if (controller.signal.reason !== SILENT) {
        throw error;
      }
      // A server sends bookmarks: one that says nothing may not answer at all, which a list shows.
      this.isListed = false;
      this.deps.logger.debug(`${this.name}: the watch was silent and the list is read again`);
    } finally {
      controller.abort();
      unlink();
    }
  }

  private async follow(events: AsyncIterable<WatchEvent>, proof: { at: number }, signal: AbortSignal): Promise<void> {
    const pending = new PendingBurst<T>();
    const turns = new Turns();
    let flushing: Promise<void> | undefined;
    const flush = (): void => {
      this.apply(pending);
      flushing = undefined;
    };
    try {
      for await (const event of events) {
        proof.at = this.lastProof = this.deps.clock.now();
        this.read(event, pending);
        flushing ??= this.deps.clock.sleep(TIMING.burst, signal).then(flush, () => undefined);
        await turns.giveWay();
      }
    } finally {
      this.apply(pending);
    }
  }

  private read(event: WatchEvent, pending: PendingBurst<T>): void {
    if (event.type === 'BOOKMARK') {
      pending.add(undefined, undefined, event.resourceVersion);
      return;
    }
    const object = this.options.project(event.object);
    pending.add(object && keyOf(object), event.type === 'DELETED' ? undefined : object, event.resourceVersion);
  }

  private apply(pending: PendingBurst<T>): void {
    const { items } = this.state;
    this.state = applyBurst(this.state, pending.take(this.state.resourceVersion));
    if (this.state.items !== items) {
      this.becomeReady();
      this.publish();
    }
  }

  /** Ends a watch over which nothing came for long: a link that is half open says nothing by itself. */
  private async watchOver(proof: { readonly at: number }, watch: AbortController): Promise<void> {
    const { clock } = this.deps;
    try {
      for (;;) {
        const left = proof.at + TIMING.silence - clock.now();
        if (left <= 0) {
          watch.abort(SILENT);
          return;
        }
        await clock.sleep(Math.min(left, TIMING.silence), watch.signal);
      }
    } catch {
      // The watch ended first.
    }
  }

  private async recover(error: unknown, signal: AbortSignal): Promise<void> {
    if (signal.aborted) {
      return;
    }
    try {
      await this.deps.clock.sleep(this.judge(error), signal);
    } catch {
      // A refresh, or the end.
    }
  }

  /** What a failure means for what is shown, and how long (ms) to wait. */
  private judge(error: unknown): number {
    const status = error instanceof ApiError ? error.details.status : -1;
    this.deps.logger[status === 403 ? 'info' : 'warn'](`${this.name}: ${describe(error)}`);
    switch (status) {
      case 410:
        this.isListed = false;
        return this.backoff.next();
      case 504:
        // "Too large resource version": this server never had it.
        this.isListed = false;
        return this.failed(error);
      case 403:
        return this.refused(error as ApiError);
      case 404:
        this.forget({ state: 'absent' });
        return this.nextLook();
      default:
        return this.failed(error);
    }
  }

  private refused(error: ApiError): number {
    const { resource, fallbackNamespace } = this.options;
    if (resource.namespaced && this.namespace === undefined && error.details.verb === 'list') {
      this.namespace = fallbackNamespace;
      return 0;
    }
    const { group, plural } = resource;
    const scope = this.namespace === undefined ? {} : { namespace: this.namespace };
    const state: ListState = { state: 'forbidden', verb: error.details.verb, resource: plural, group, ...scope };
    if (error.details.verb === 'watch') {
      this.isListed = false;
      this.show(state);
    } else {
      this.forget(state);
    }
    this.namespace = undefined;
    return this.nextLook();
  }

  private nextLook(): number {
    this.refusals += 1;
    return this.wasReady ? Math.min(TIMING.refused, TIMING.refusedAnew * 2 ** (this.refusals - 1)) : TIMING.refused;
  }

  private failed(error: unknown): number {
    const asOf = this.lastProof === undefined ? {} : { asOf: this.lastProof };
    this.show({ state: 'failed', message: error instanceof Error ? error.message : String(error), ...asOf });
    if (this.deps.gate.lost(error)) {
      // What comes back may have lost its data, and would take the old version for one of its own.
      this.isListed = false;
      return 0;
    }
    const retryAfter = error instanceof ApiError ? error.details.retryAfter : undefined;
    const delay = this.backoff.next(retryAfter);
    if (this.backoff.tries >= RELIST_AFTER) {
      this.isListed = false;
    }
    return delay;
  }

  private forget(state: ListState): void {
    this.isListed = false;
    this.lastProof = undefined;
    this.state = { items: new Map(), resourceVersion: '' };
    this.show(state);
  }

  private becomeReady(): void {
    this.wasReady = true;
    this.refusals = 0;
    this.lastProof = this.deps.clock.now();
    const scope = this.namespace === undefined ? {} : { namespace: this.namespace };
    this.listState = { state: 'ready', asOf: this.lastProof, ...scope };
  }

  private show(state: ListState): void {
    this.listState = state;
    this.publish();
  }

  private publish(): void {
    this.options.onChange(this.collection);
  }

  private get name(): string {
    return qualifiedName(this.options.resource);
  }
}

/** A watch that was cut, not refused: it can be taken up where it was. */
function isInterruption(error: unknown): boolean {
  return error instanceof ApiError && error.details.status === 0;
}

function describe(error: unknown): string {
  if (!(error instanceof ApiError)) {
    return error instanceof Error ? error.message : String(error);
  }
  const { verb, status, reason } = error.details;
  return `${verb} failed (${status} ${reason}): ${error.message}`;
}
