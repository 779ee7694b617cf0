import { setMaxListeners } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { CrdDefinition } from '../../kubeblocks/schema/crd';
import type { RunningClock } from '../runtime/clock';
import { badRequest, notFound } from '../store/statusErrors';
import { StatusError } from '../world';
import { administer } from './admin';
import type { ApiContext } from './apiContext';
import { meetFaults } from './apiFaults';
import { AGGREGATED_TYPE, discoverAll, wantsAggregated } from './aggregatedDiscovery';
import { createCatalog } from './catalog';
import { createCertificate } from './certificate';
import { discover } from './discovery';
import { checkListOptions } from './listOptions';
import { parseRevision } from './listing';
import { negotiate, type Representation } from './negotiation';
import { createOpenApi } from './openApi';
import { sendPodLog } from './podLog';
import { asYaml, list, oneObject } from './reading';
import { failure, send, type Reply } from './reply';
import { readBody } from './requestBody';
import { parseResourceRequest, type ResourceRequest } from './resourceRequest';
import { reviewSelf } from './selfReviews';
import { serverVersion } from './serverVersion';
import { ADMIN, bearerOf, requireAllowed, type User } from './users';
import { checkWatch, watch } from './watching';
import { create, current, patch, remove, removeCollection, update, type Written } from './writing';

export interface ApiServerOptions extends Omit<ApiContext, 'catalog' | 'clock' | 'timers'> {
  readonly clock: RunningClock;
  readonly crds: readonly CrdDefinition[];
  /** The bearer token of the administrator. */
  readonly token: string;
  /** Who else is let in, by bearer token. */
  readonly users?: ReadonlyMap<string, User>;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** On by default: kubectl and client-go keep a token to themselves without it. */
  readonly tls?: boolean;
  /** The Kubernetes version it speaks as, `1.34.4` by default. */
  readonly kubernetes?: string;
  readonly timers?: ApiContext['timers'];
  /** Told of what went wrong inside while a request was answered with 500. */
  readonly onError?: (error: unknown) => void;
}

export interface ApiServer {
  /** `https://127.0.0.1:<port>`, or `http` without TLS. */
  readonly address: string;
  /** PEM of what signed the server's certificate; absent without TLS. */
  readonly certificateAuthority?: string;
  /** Ends open watches and waits until the port is free. */
  close(): Promise<void>;
}

const REAL_TIMERS: ApiContext['timers'] = {
  setTimeout: (task, delayMs) => setTimeout(task, delayMs).unref(),
  clearTimeout: (handle) => {
    clearTimeout(handle as ReturnType<typeof setTimeout> | undefined);
  },
};

/** Serves the store on loopback as a Kubernetes API server would. */
export async function createApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const { token, users = new Map<string, User>(), port = 0, tls = true, kubernetes, onError, crds, timers = REAL_TIMERS, ...parts } = options;
  const context: ApiContext = { ...parts, timers, catalog: createCatalog(crds) };
  const openApi = createOpenApi(context.catalog, context.schemas);
  const bearers = new Map([...users, [token, ADMIN] as const]);
  const version = serverVersion(kubernetes);
  const closing = new AbortController();
  // Every open watch listens to it.
  setMaxListeners(0, closing.signal);
  let address = '';

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<Reply | undefined> {
    const method = request.method ?? 'GET';
    const user = bearerOf(request.headers.authorization, bearers);
    if (user === undefined) throw UNAUTHORIZED;
    const target = request.url ?? '/';
    if (!URL.canParse(target, address)) throw badRequest(`${JSON.stringify(target)} is not the path of a request.`);
    const url = new URL(target, address);
    const path = url.pathname.replace(/(.)\/$/, '$1');
    if (HEALTH.has(path)) return { status: 200, body: 'ok', contentType: 'text/plain; charset=utf-8' };
    if (path === '/version') return { status: 200, body: version };
    if (path.startsWith('/playground/') && user === ADMIN) return administer({ ...options, store: context.store }, method, path, await readBody(request));
    if (method === 'POST') {
      const review = path.startsWith('/apis/auth') ? reviewSelf(context, user, path, await readBody(request)) : undefined;
      if (review !== undefined) return review;
    } else {
      const all = wantsAggregated(request.headers.accept) ? discoverAll(path, context.catalog) : undefined;
      if (all !== undefined) return { status: 200, body: all, contentType: AGGREGATED_TYPE };
      const described = discover(path, context.catalog, address) ?? openApi(path);
      if (described !== undefined) return { status: 200, body: described };
    }
    const parsed = parseResourceRequest(method, url, context.catalog, request.headers['user-agent']);
    if (parsed === undefined) {
      if (path.startsWith('/api/v1/')) throw UNSERVED;
      return NOT_FOUND;
    }
    requireAllowed(user, parsed);
    await meetFaults(context, parsed, user.name);
    return resourceReply(parsed, request, response);
  }

  async function resourceReply(parsed: ResourceRequest, request: IncomingMessage, response: ServerResponse): Promise<Reply | undefined> {
    if (parsed.subresource === 'log' && parsed.served.resource.kind === 'Pod' && parsed.verb === 'get') {
      sendPodLog(context, parsed, response, closing.signal);
      return undefined;
    }
    if (parsed.subresource !== undefined && !(parsed.subresource === 'status' && parsed.served.hasStatus)) {
      if (parsed.served.custom === undefined) return NOT_FOUND;
      throw notFound(parsed.served.resource, parsed.name ?? '');
    }
    const { as, yaml } = negotiate(request.headers.accept);
    if (parsed.verb === 'list' || parsed.verb === 'watch') checkListOptions(parsed);
    if (parsed.verb === 'watch') checkWatch(parsed);
    if (parsed.verb === 'watch') {
      watch(context, parsed, response, as, closing.signal);
      return undefined;
    }
    const reply = await plainReply(parsed, request, as);
    return yaml && typeof reply.body === 'string' ? { ...reply, body: asYaml(reply.body), contentType: 'application/yaml' } : reply;
  }

  async function plainReply(parsed: ResourceRequest, request: IncomingMessage, as: Representation): Promise<Reply> {
    switch (parsed.verb) {
      case 'list':
      case 'watch':
        return { status: 200, body: list(context, parsed, as) };
      case 'get':
        parseRevision(parsed.query.get('resourceVersion') ?? '');
        return { status: 200, body: oneObject(context, parsed, current(context, parsed), as) };
      case 'create':
        if (parsed.name !== undefined) throw NOT_ALLOWED;
        return writtenReply(parsed, create(context, parsed, await readBody(request)), as);
      case 'update':
        if (parsed.name === undefined) throw NOT_ALLOWED;
        return writtenReply(parsed, update(context, parsed, await readBody(request)), as);
      case 'patch':
        if (parsed.name === undefined) throw NOT_ALLOWED;
        return writtenReply(parsed, patch(context, parsed, await readBody(request)), as);
      case 'delete':
        return remove(context, parsed, await readBody(request));
      case 'deletecollection':
        return removeCollection(context, parsed, await readBody(request));
    }
  }

  function writtenReply(parsed: ResourceRequest, { status, object, warnings }: Written, as: Representation): Reply {
    return { status, body: oneObject(context, parsed, object, as), warnings };
  }

  function refusal(error: unknown): Reply {
    if (error instanceof StatusError) return failure(error);
    onError?.(error);
    const message = `Internal error occurred: ${error instanceof Error ? error.message : String(error)}`;
    return failure(new StatusError(500, 'InternalError', message));
  }

  /** Every answer says what time it is in the playground, as HTTP does: a client cannot tell at another speed than 1. */
  function sayTime(response: ServerResponse): void {
    response.setHeader('Date', new Date(options.clock.now()).toUTCString());
  }

  const listener: RequestListener = (request, response) => {
    sayTime(response);
    answer(request, response)
      .catch(refusal)
      .then((reply) => {
        if (reply === undefined) return;
        sayTime(response);
        // What is left of a body that was not read to its end would be taken for the next request.
        if (!request.complete) response.setHeader('Connection', 'close');
        send(response, reply, request.headers['accept-encoding']?.toString());
      })
      .catch((error: unknown) => {
        onError?.(error);
        response.destroy();
      });
  };
  const secure = tls ? createCertificate(Date.now()) : undefined;
  const server =
    secure === undefined ? createHttpServer(listener) : createHttpsServer({ cert: secure.certificate, key: secure.key }, listener);
  server.keepAliveTimeout = 60_000;
  // With those whose TLS handshake is not done yet, which `closeAllConnections` does not know of.
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  address = `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    address,
    ...(secure !== undefined && { certificateAuthority: secure.certificate }),
    async close() {
      closing.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      sockets.forEach((socket) => socket.destroy());
      await closed;
    },
  };
}

const HEALTH = new Set(['/healthz', '/livez', '/readyz']);
const UNAUTHORIZED = new StatusError(401, 'Unauthorized', 'Unauthorized');
const NOT_ALLOWED = new StatusError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {});
const UNSERVED = new StatusError(404, 'NotFound', 'the server could not find the requested resource', {});
const NOT_FOUND: Reply = { status: 404, body: '404 page not found\n', contentType: 'text/plain; charset=utf-8' };
