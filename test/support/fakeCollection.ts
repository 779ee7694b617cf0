import type { ServerResponse } from 'node:http';
import type { AnyObject } from '../../src/kubeblocks/objects';
import { apiVersionOf, type Resource } from '../../src/kubeblocks/resource';
import type { Fault } from './fakeApiServer';

interface StoredEvent {
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: AnyObject;
}

/** One kind's objects with their history, listed in pages and watched. */
export class FakeCollection {
  private readonly objects = new Map<string, AnyObject>();
  private readonly open = new Map<ServerResponse, string | undefined>();
  private history: StoredEvent[] = [];
  private version = 100;
  private oldest = 0;

  constructor(readonly resource: Resource) {}

  get watches(): number {
    return this.open.size;
  }

  get size(): number {
    return this.objects.size;
  }

  put(name: string, fields: Record<string, unknown> = {}, namespace: string | undefined = this.resource.namespaced ? 'demo' : undefined): void {
    const key = `${namespace ?? ''}/${name}`;
    const { metadata, ...rest } = fields;
    this.version += 1;
    const object = {
      apiVersion: apiVersionOf(this.resource),
      kind: this.resource.kind,
      metadata: {
        name,
        ...(namespace === undefined ? {} : { namespace }),
        uid: `uid-of-${name}`,
        resourceVersion: String(this.version),
        ...(metadata as object | undefined),
      },
      ...rest,
    };
    this.happen({ version: this.version, type: this.objects.has(key) ? 'MODIFIED' : 'ADDED', object });
    this.objects.set(key, object);
  }

  remove(name: string, namespace: string | undefined = this.resource.namespaced ? 'demo' : undefined): void {
    const key = `${namespace ?? ''}/${name}`;
    const object = this.objects.get(key);
    if (object !== undefined) {
      this.version += 1;
      this.objects.delete(key);
      this.happen({ version: this.version, type: 'DELETED', object });
    }
  }

  /** Names in `namespace/name`, sorted, with their versions: what a fresh list gives. */
  get contents(): readonly string[] {
    return [...this.objects].map(([key, { metadata }]) => `${key}@${metadata.resourceVersion ?? ''}`).sort();
  }

  /** Forgets the history: what is older than now is expired. */
  compact(): void {
    this.version += 1;
    this.oldest = this.version;
    this.history = [];
  }

  /** Forgets everything and counts anew, as a server whose data was lost. */
  wipe(): void {
    this.objects.clear();
    this.history = [];
    this.version = 1;
    this.oldest = 0;
  }

  bookmark(): void {
    const { kind } = this.resource;
    const object = { kind, apiVersion: apiVersionOf(this.resource), metadata: { resourceVersion: String(this.version) } };
    this.open.forEach((_, response) => response.write(`${JSON.stringify({ type: 'BOOKMARK', object })}\n`));
  }

  /** Ends the open watches: politely, or by a reset. */
  endWatches(how: 'end' | 'reset' = 'end'): void {
    [...this.open.keys()].forEach((response) => (how === 'end' ? response.end() : response.socket?.resetAndDestroy()));
  }

  list(url: URL, namespace: string | undefined): { readonly status: number; readonly body: unknown } {
    const limit = Number(url.searchParams.get('limit') ?? 0);
    const [start = 0, version = this.version] = (url.searchParams.get('continue') ?? '').split(':').filter(Boolean).map(Number);
    if (version < this.oldest) {
      return { status: 410, body: { kind: 'Status', code: 410, reason: 'Expired', message: 'The provided continue parameter is too old' } };
    }
    const all = [...this.objects.values()].filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace);
    const items = limit === 0 ? all : all.slice(start, start + limit);
    const next = start + items.length;
    const rest = next < all.length ? { continue: `${next}:${version}`, remainingItemCount: all.length - next } : {};
    const { kind } = this.resource;
    const metadata = { resourceVersion: String(version), ...rest };
    return { status: 200, body: { kind: `${kind}List`, apiVersion: apiVersionOf(this.resource), metadata, items } };
  }

  watch(url: URL, namespace: string | undefined, response: ServerResponse, fault: Fault | undefined): void {
    const since = Number(url.searchParams.get('resourceVersion'));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    if (this.isSpoilt(response, since < this.oldest ? 'expiredEvent' : fault)) {
      return;
    }
    this.open.set(response, namespace);
    response.on('close', () => this.open.delete(response));
    this.history.filter(({ version }) => version > since).forEach((event) => this.send(event, response, namespace));
  }

  private isSpoilt(response: ServerResponse, fault: Fault | undefined): boolean {
    switch (fault) {
      case 'expiredEvent':
        response.end(`${JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' } })}\n`);
        return true;
      case 'endAtOnce':
        response.end();
        return true;
      case 'garbage':
        response.write('this is no event\n');
        return true;
      case 'cutEvent':
        response.write('{"type":"ADDED","object":{"metada', () => response.socket?.resetAndDestroy());
        return true;
      default:
        return false;
    }
  }

  private happen(event: StoredEvent): void {
    this.history.push(event);
    this.open.forEach((namespace, response) => this.send(event, response, namespace));
  }

  private send({ version, type, object }: StoredEvent, response: ServerResponse, namespace: string | undefined): void {
    if (namespace === undefined || object.metadata.namespace === namespace) {
      const sent = type === 'DELETED' ? { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } } : object;
      response.write(`${JSON.stringify({ type, object: sent })}\n`);
    }
  }
}
