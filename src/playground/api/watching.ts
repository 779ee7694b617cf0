import type { ServerResponse } from 'node:http';
import type { AnyObject } from '../../kubeblocks/objects';
import { apiVersionOf } from '../../kubeblocks/resource';
import { StatusError, type StoreEvent } from '../world';
import type { ApiContext } from './apiContext';
import { parseRevision, selectorOf, tooLarge } from './listing';
import type { Representation } from './negotiation';
import { objectJson } from './objectJson';
import { failureStatus } from './reply';
import { isTrue, type ResourceRequest } from './resourceRequest';
import { shown } from './shown';
import { partialObject, tableOf } from './table';

/** As the API server's minimum when a client names no time. */
const DEFAULT_TIMEOUT_MS = 30 * 60_000;
const BOOKMARK_EVERY_MS = 60_000;
const INITIAL_EVENTS_END = 'k8s.io/initial-events-end';

/** What a watch is refused for before it begins. */
export function checkWatch(request: ResourceRequest): void {
  selectorOf(request);
  parseRevision(request.query.get('resourceVersion') ?? '');
}

/**
 * Streams one line of JSON a change until the client goes, its time is up or `signal` is aborted. What is there already
 * comes first as ADDED, unless the watch resumes from a revision; one that is too far back gets 410 as an ERROR event.
 */
export function watch(context: ApiContext, request: ResourceRequest, response: ServerResponse, as: Representation, signal: AbortSignal): void {
  const { store, clock, timers } = context;
  const { resource } = request.served;
  const selects = selectorOf(request);
  const asked = parseRevision(request.query.get('resourceVersion') ?? '');
  let isFirstTable = true;

  function body(stored: AnyObject): string {
    const object = shown(context, stored);
    if (as === 'object') return objectJson(object, request);
    if (as === 'partial') return JSON.stringify(partialObject(object));
    const header = isFirstTable;
    isFirstTable = false;
    return JSON.stringify(tableOf(request, [object], { resourceVersion: object.metadata.resourceVersion ?? '' }, clock.now(), header));
  }

  function write(type: string, object: string): void {
    response.write(`{"type":"${type}","object":${object}}\n`);
  }

  function report(event: StoreEvent): void {
    if (request.namespace !== undefined && event.object.metadata.namespace !== request.namespace) return;
    const type = changeSeen(event, selects);
    if (type !== undefined) write(type, body(type === 'DELETED' && event.type === 'MODIFIED' ? departed(context, event) : event.object));
  }

  function bookmark(annotations?: Readonly<Record<string, string>>): void {
    const apiVersion = apiVersionOf({ group: resource.group, version: request.version });
    const metadata = { resourceVersion: String(store.revision()), ...(annotations !== undefined && { annotations }) };
    write('BOOKMARK', body({ apiVersion, kind: resource.kind, metadata } as unknown as AnyObject));
  }

  function replay(): void {
    const sendsInitial = isTrue(request.query.get('sendInitialEvents'));
    if (asked === 0 || sendsInitial) {
      const items = store.listAt(resource, request.namespace, store.revision());
      for (const object of items) if (selects(object)) write('ADDED', body(object));
      if (sendsInitial && wantsBookmarks(request)) bookmark({ [INITIAL_EVENTS_END]: 'true' });
      return;
    }
    if (asked > store.revision()) throw tooLarge(asked, store.revision());
    for (const { event } of store.changesSince(resource, asked)) report(event);
  }

  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache, private' });
  response.flushHeaders();
  try {
    replay();
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    write('ERROR', JSON.stringify(failureStatus(error)));
    response.end();
    return;
  }

  const id = resourceId(resource);
  const unsubscribe = store.subscribe((event) => {
    if (resourceId(event.resource) === id) report(event);
  });
  let bookmarkTimer: unknown;
  function bookmarkLater(): void {
    bookmarkTimer = timers.setTimeout(() => {
      bookmark();
      bookmarkLater();
    }, BOOKMARK_EVERY_MS);
  }
  if (wantsBookmarks(request)) bookmarkLater();
  const endTimer = timers.setTimeout(() => response.end(), timeoutOf(request.query));

  function stop(): void {
    unsubscribe();
    timers.clearTimeout(bookmarkTimer);
    timers.clearTimeout(endTimer);
    signal.removeEventListener('abort', end);
  }
  function end(): void {
    response.end();
  }
  response.on('close', stop);
  signal.addEventListener('abort', end);
}

function resourceId({ group, plural }: { readonly group: string; readonly plural: string }): string {
  return `${group}/${plural}`;
}

function wantsBookmarks({ query }: ResourceRequest): boolean {
  return isTrue(query.get('allowWatchBookmarks'));
}

function timeoutOf(query: URLSearchParams): number {
  const seconds = Number(query.get('timeoutSeconds') ?? 0);
  return seconds > 0 ? seconds * 1000 : DEFAULT_TIMEOUT_MS;
}

/** What leaves a selection is shown as it was when it last belonged to it, at the revision of its leaving. */
function departed(context: ApiContext, { object, previous }: StoreEvent): AnyObject {
  if (previous === undefined) return object;
  const last = shown(context, previous);
  const { resourceVersion } = object.metadata;
  return { ...last, metadata: { ...last.metadata, ...(resourceVersion !== undefined && { resourceVersion }) } };
}

/** A change that moves an object into or out of the selection is its arrival or departure. */
function changeSeen({ type, object, previous }: StoreEvent, selects: (object: AnyObject) => boolean): StoreEvent['type'] | undefined {
  const was = previous !== undefined && selects(previous);
  if (type === 'DELETED') return was ? 'DELETED' : undefined;
  const is = selects(object);
  if (is) return was ? 'MODIFIED' : 'ADDED';
  return was ? 'DELETED' : undefined;
}
