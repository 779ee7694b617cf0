import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { KubeBlocksLine } from '../../src/kubeblocks/kinds';
import { KINDS, type KindId } from '../../src/kubeblocks/kinds';
import { resourceOnLine } from '../../src/kubeblocks/kindsOfLine';
import type { Resource } from '../../src/kubeblocks/resource';
import { FakeCollection } from './fakeCollection';

/** What the server does instead of answering. */
export type Fault =
  | { readonly status: number; readonly retryAfter?: number; readonly body?: string }
  /** Says nothing at all. */
  | 'hang'
  /** Cuts the connection. */
  | 'reset'
  /** Ends in the middle of the JSON. */
  | 'truncate'
  /** A watch that begins well and gives an ERROR event with 410. */
  | 'expiredEvent'
  /** A watch that ends at once. */
  | 'endAtOnce'
  /** A watch whose first event is cut by a reset. */
  | 'cutEvent'
  /** A watch line that is not JSON. */
  | 'garbage';

export interface SeenRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly isWatch: boolean;
  readonly body: string;
}

/** Bytes from which an API server compresses. */
const ZIPPED_FROM = 128 * 1024;

export const TOKEN = 'token-that-nobody-may-see';

/** A Kubernetes API of a few kinds in memory, over real HTTP, that can be told to fail in many ways. */
export class FakeApiServer {
  readonly requests: SeenRequest[] = [];
  /** Decides for each request whether and how it fails. */
  fault: (request: SeenRequest) => Fault | undefined = () => undefined;
  version = 'v1.34.4';
  /** The `Date` header of its answers; undefined sends none. */
  date: () => string | undefined = () => new Date().toUTCString();
  /** Sends a list that was asked for before with the same bytes again: for a bench that measures who asks, not who answers. */
  keepsLists = false;
  /** Answers to paths outside the kinds. */
  readonly paths = new Map<string, unknown>();
  /** Called for writes (POST, PATCH, DELETE). */
  onWrite: (request: SeenRequest) => { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown } = () => ({ body: {} });
  private readonly collections = new Map<string, FakeCollection>();
  private readonly keptLists = new Map<string, Sent>();

  private constructor(
    private readonly server: Server,
    readonly line: KubeBlocksLine,
  ) {}

  static async start(line: KubeBlocksLine = '1.0', port = 0): Promise<FakeApiServer> {
    const server = createServer();
    const fake = new FakeApiServer(server, line);
    (Object.keys(KINDS) as KindId[]).forEach((kind) => fake.serve(resourceOnLine(kind, line)));
    if (line === '1.0' || line === '1.1') {
      fake.serve({ ...KINDS.cluster, version: 'v1alpha1' });
    }
    server.on('request', (request, response) => void fake.answer(request, response));
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return fake;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** A kubeconfig with one context, `fake`, in namespace `demo`. */
  get kubeconfig(): string {
    return JSON.stringify({
      'current-context': 'fake',
      clusters: [{ name: 'fake', cluster: { server: this.url } }],
      users: [{ name: 'me', user: { token: TOKEN } }],
      contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'me', namespace: 'demo' } }],
    });
  }

  serve(resource: Resource): void {
    this.collections.set(collectionPath(resource), new FakeCollection(resource));
  }

  stopServing(resource: Resource): void {
    this.collections.delete(collectionPath(resource));
  }

  of(kind: KindId): FakeCollection {
    const collection = this.collections.get(collectionPath(resourceOnLine(kind, this.line)));
    if (collection === undefined) {
      throw new Error(`${kind} is not served`);
    }
    return collection;
  }

  get watches(): number {
    return [...this.collections.values()].reduce((sum, { watches }) => sum + watches, 0);
  }

  /** Cuts every connection without a word. */
  cutAll(): void {
    this.server.closeAllConnections();
  }

  /** Resolves when no connection is open any more. */
  async idle(): Promise<void> {
    for (;;) {
      const open = await new Promise<number>((resolve) => this.server.getConnections((_, count) => resolve(count)));
      if (open === 0) {
        return;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const seen = await see(request);
    this.requests.push(seen);
    response.sendDate = false;
    const date = this.date();
    if (date !== undefined) {
      response.setHeader('date', date);
    }
    const fault = this.fault(seen);
    if (fault !== undefined && this.isFailed(fault, response)) {
      return;
    }
    const target = this.find(seen.url.pathname);
    if (seen.method !== 'GET') {
      const { status = 200, headers = {}, body } = this.onWrite(seen);
      sendJson(response, seen, status, body, headers);
    } else if (target === undefined) {
      this.answerPath(seen, response);
    } else if (seen.isWatch) {
      target.collection.watch(seen.url, target.namespace, response, fault);
    } else {
      send(response, this.listed(seen, () => target.collection.list(seen.url, target.namespace), fault === 'truncate'));
    }
  }

  private listed(seen: SeenRequest, list: () => { readonly status: number; readonly body: unknown }, isCut: boolean): Sent {
    const kept = this.keptLists.get(seen.url.href);
    if (kept !== undefined) {
      return kept;
    }
    const { status, body } = list();
    const sent = jsonOf(seen, status, body, {}, isCut);
    if (this.keepsLists) {
      this.keptLists.set(seen.url.href, sent);
    }
    return sent;
  }

  private isFailed(fault: Fault, response: ServerResponse): boolean {
    if (fault === 'hang') {
      return true;
    }
    if (fault === 'reset') {
      response.destroy();
      return true;
    }
    if (typeof fault === 'object') {
      const { status, retryAfter, body } = fault;
      const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(body ?? JSON.stringify({ kind: 'Status', status: 'Failure', message: `told to answer ${status}`, code: status }));
      return true;
    }
    return false;
  }

  private answerPath(seen: SeenRequest, response: ServerResponse): void {
    const body = this.paths.get(seen.url.pathname) ?? this.discovery(seen.url.pathname);
    sendJson(response, seen, body === undefined ? 404 : 200, body ?? { kind: 'Status', code: 404, reason: 'NotFound', message: 'not found' });
  }

  private discovery(path: string): unknown {
    const resources = [...this.collections.values()].map(({ resource }) => resource);
    const groupVersions = [...new Set(resources.map(({ group, version }) => `${group}/${version}`))];
    if (path === '/version') {
      return { gitVersion: this.version };
    }
    if (path === '/apis') {
      const groups = groupVersions.map((groupVersion) => ({ name: groupVersion.split('/')[0], versions: [{ groupVersion }] }));
      return { kind: 'APIGroupList', groups };
    }
    const groupVersion = groupVersions.find((known) => path === `/apis/${known}`);
    return (
      groupVersion && {
        kind: 'APIResourceList',
        groupVersion,
        resources: resources.filter(({ group, version }) => `${group}/${version}` === groupVersion).map(({ plural, kind }) => ({ name: plural, kind })),
      }
    );
  }

  private find(path: string): { readonly collection: FakeCollection; readonly namespace: string | undefined } | undefined {
    const [, group, version, namespace, plural] = /^\/apis\/([^/]+)\/([^/]+)(?:\/namespaces\/([^/]+))?\/([^/]+)$/.exec(path) ?? [];
    const collection = this.collections.get(`/apis/${group}/${version}/${plural}`);
    return collection && { collection, namespace };
  }
}

function collectionPath({ group, version, plural }: Resource): string {
  return `/apis/${group}/${version}/${plural}`;
}

async function see(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) {
    chunks.push(chunk);
  }
  const url = new URL(request.url ?? '/', 'http://fake');
  return {
    method: request.method ?? '',
    url,
    headers: request.headers,
    isWatch: url.searchParams.get('watch') === 'true',
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

interface Sent {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

function sendJson(response: ServerResponse, seen: SeenRequest, status: number, body: unknown, headers: Record<string, string> = {}): void {
  send(response, jsonOf(seen, status, body, headers));
}

function jsonOf(seen: SeenRequest, status: number, body: unknown, headers: Record<string, string> = {}, isCut = false): Sent {
  const text = JSON.stringify(body);
  const plain = Buffer.from(isCut ? text.slice(0, text.length / 2) : text);
  const isZipped = seen.headers['accept-encoding'] === 'gzip' && plain.length >= ZIPPED_FROM && !isCut;
  return {
    status,
    headers: { 'content-type': 'application/json', ...(isZipped ? { 'content-encoding': 'gzip' } : {}), ...headers },
    body: isZipped ? gzipSync(plain, { level: 1 }) : plain,
  };
}

function send(response: ServerResponse, { status, headers, body }: Sent): void {
  response.writeHead(status, headers);
  response.end(body);
}
