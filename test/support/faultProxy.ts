import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, request as httpsRequest, Agent, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { createCertificate } from '../../src/playground/api/certificate';

/** The API server behind the proxy. */
export interface ProxyTarget {
  readonly address: string;
  /** PEM; absent over plain HTTP. */
  readonly certificateAuthority?: string;
}

/** What happens to a request instead of an honest answer. */
export type ProxyFault =
  | { readonly status: number; readonly retryAfter?: number; readonly body?: string }
  /** Cuts the connection before the answer. */
  | 'reset'
  /** Takes the request and says nothing, nor ever closes: a link that is half open. */
  | 'silent'
  /** Sends the headers and then a space now and then, for ever. */
  | 'slowLoris'
  /** Ends in the middle of the JSON, as if that were all. */
  | 'truncate'
  /** A watch that begins well and gives an ERROR event with 410. */
  | 'expiredEvent'
  /** A watch that ends at once. */
  | 'endAtOnce'
  /** A watch line that is no JSON. */
  | 'garbage'
  /** A watch that is cut in the middle of its first event. */
  | 'cutEvent';

export interface ProxiedRequest {
  readonly method: string;
  readonly path: string;
  readonly isWatch: boolean;
}

const EXPIRED = JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' } });
const LORIS_MS = 20;

/**
 * Stands between a client and an API server, a real one or the playground, and makes of their traffic what a bad network,
 * a proxy or a server in trouble would. Listens on a free port of loopback, over TLS.
 */
export class FaultProxy {
  /** Decides for each request whether and how it fails. */
  fault: (request: ProxiedRequest) => ProxyFault | undefined = () => undefined;
  /** Told of each request that arrives. */
  onRequest: (request: ProxiedRequest) => void = () => undefined;
  /** Grows with everything that goes through: while it stands still, nobody is being talked to. */
  activity = 0;
  private readonly certificate = createCertificate(Date.now());
  private readonly sockets = new Set<Socket>();
  /** Those whose TLS handshake goes on, by the port they come from. */
  private readonly greeting = new Set<number | undefined>();
  private readonly watches = new Map<ServerResponse, string>();
  private readonly dribbling = new Set<NodeJS.Timeout>();
  private readonly unanswered = new Set<ServerResponse>();
  private server: Server | undefined;
  private port = 0;
  private agent = new Agent();
  private readonly held: (() => void)[] = [];
  private isFrozen = false;

  private constructor(private target: ProxyTarget) {}

  static async start(target: ProxyTarget): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    await proxy.accept();
    return proxy;
  }

  get address(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  /** A kubeconfig with one context, `proxied`, whose namespace is `namespace`. */
  kubeconfig(token: string, namespace: string): string {
    return JSON.stringify({
      'current-context': 'proxied',
      clusters: [{ name: 'proxied', cluster: { server: this.address, 'certificate-authority-data': Buffer.from(this.certificate.certificate).toString('base64') } }],
      users: [{ name: 'proxied', user: { token } }],
      contexts: [{ name: 'proxied', context: { cluster: 'proxied', user: 'proxied', namespace } }],
    });
  }

  /** The paths that are being watched, each as often as it is. */
  get watched(): readonly string[] {
    return [...this.watches.values()].sort();
  }

  get openSockets(): number {
    return this.sockets.size;
  }

  /** Whether an honest answer, or a connection that is to bring a request, is on its way. */
  get isBusy(): boolean {
    return this.unanswered.size > 0 || this.greeting.size > 0;
  }

  /** Another server answers from now on, as after a restart with other data. */
  leadTo(target: ProxyTarget): void {
    this.target = target;
    this.agent.destroy();
    this.agent = new Agent();
    this.cutAll();
  }

  /** Nobody listens: connections are refused, those that were open are reset. */
  async refuse(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server !== undefined) {
      const closed = new Promise((resolve) => server.close(resolve));
      this.cutAll();
      await closed;
    }
  }

  /** Listens (again), on the same port. */
  async accept(): Promise<void> {
    if (this.server !== undefined) {
      return;
    }
    const { certificate: cert, key } = this.certificate;
    const server = createServer({ cert, key }, (request, response) => this.answer(request, response));
    server.keepAliveTimeout = 60_000;
    server.on('connection', (socket: Socket) => {
      const { remotePort } = socket;
      this.sockets.add(socket);
      this.greeting.add(remotePort);
      this.activity += 1;
      socket.on('close', () => {
        this.sockets.delete(socket);
        this.greeting.delete(remotePort);
      });
      socket.on('error', () => socket.destroy());
    });
    server.on('secureConnection', ({ remotePort }: Socket) => this.greeting.delete(remotePort));
    this.server = server;
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
  }

  /** What was sent is held back, in both directions, until `thaw`. */
  freeze(): void {
    this.isFrozen = true;
    this.greeting.clear();
    this.sockets.forEach((socket) => socket.pause());
  }

  thaw(): void {
    this.isFrozen = false;
    this.sockets.forEach((socket) => socket.resume());
    this.held.splice(0).forEach((go) => go());
  }

  /** Cuts every connection without a word. */
  cutAll(): void {
    this.sockets.forEach((socket) => socket.resetAndDestroy());
  }

  async close(): Promise<void> {
    this.dribbling.forEach((timer) => clearInterval(timer));
    this.agent.destroy();
    await this.refuse();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '/';
    const seen: ProxiedRequest = { method: request.method ?? 'GET', path, isWatch: /[?&]watch=true/.test(path) };
    this.activity += 1;
    this.onRequest(seen);
    const fault = this.fault(seen);
    if (this.isFrozen || fault === 'silent') {
      return;
    }
    if (fault === 'reset') {
      this.reset(request.socket);
    } else if (fault === 'slowLoris') {
      this.dribble(response);
    } else if (typeof fault === 'object') {
      this.refuseWith(fault, response);
    } else if (seen.isWatch && fault !== undefined && fault !== 'truncate' && fault !== 'cutEvent') {
      this.spoilWatch(fault, response);
    } else {
      this.forward(request, response, seen, fault);
    }
  }

  /** TLS has no reset of its own: the connection below it is cut. */
  private reset(secure: Socket | null): void {
    const raw = [...this.sockets].find(({ remotePort }) => remotePort === secure?.remotePort);
    raw?.resetAndDestroy();
  }

  private refuseWith({ status, retryAfter, body }: Extract<ProxyFault, object>, response: ServerResponse): void {
    response.writeHead(status, { 'content-type': 'application/json', ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }) });
    response.end(body ?? JSON.stringify({ kind: 'Status', status: 'Failure', message: `told to answer ${status}`, code: status }));
  }

  private dribble(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), LORIS_MS);
    this.dribbling.add(timer);
    response.on('close', () => {
      clearInterval(timer);
      this.dribbling.delete(timer);
    });
  }

  private spoilWatch(fault: 'expiredEvent' | 'endAtOnce' | 'garbage', response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end({ expiredEvent: `${EXPIRED}\n`, endAtOnce: '', garbage: 'this is no event\n' }[fault]);
  }

  private forward(request: IncomingMessage, response: ServerResponse, seen: ProxiedRequest, fault: string | undefined): void {
    const url = new URL(seen.path, this.target.address);
    const isPlain = url.protocol === 'http:';
    const headers = { ...request.headers, host: url.host };
    this.unanswered.add(response);
    const done = (): void => {
      this.activity += 1;
      this.unanswered.delete(response);
      this.watches.delete(response);
    };
    response.on('close', done);
    const onward = (isPlain ? httpRequest : httpsRequest)(
      url,
      { method: seen.method, headers, ...(isPlain ? {} : { agent: this.agent, ...(this.target.certificateAuthority === undefined ? {} : { ca: this.target.certificateAuthority }) }) },
      (answer) => {
        this.activity += 1;
        const encoded = fault === 'truncate' ? { ...answer.headers, 'content-length': undefined, 'content-encoding': undefined } : answer.headers;
        response.writeHead(answer.statusCode ?? 502, Object.fromEntries(Object.entries(encoded).filter(([, value]) => value !== undefined)));
        if (seen.isWatch) {
          response.flushHeaders();
          this.unanswered.delete(response);
          this.watches.set(response, url.pathname);
        }
        this.pass(answer, response, seen, fault);
      },
    );
    onward.on('error', () => this.reset(response.socket));
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  }

  private pass(answer: IncomingMessage, response: ServerResponse, seen: ProxiedRequest, fault: string | undefined): void {
    answer.on('error', () => response.destroy());
    answer.on('data', (chunk: Buffer) => {
      this.activity += 1;
      const isCut = fault === 'truncate' || (fault === 'cutEvent' && seen.isWatch);
      const piece = isCut ? chunk.subarray(0, Math.floor(chunk.length / 2)) : chunk;
      this.deliver(() => {
        if (fault === 'truncate') {
          response.end(piece);
          answer.destroy();
        } else if (isCut) {
          response.write(piece, () => this.reset(response.socket));
        } else {
          response.write(piece);
        }
      });
    });
    answer.on('end', () => this.deliver(() => response.end()));
  }

  private deliver(act: () => void): void {
    if (this.isFrozen) {
      this.held.push(act);
    } else {
      act();
    }
  }
}
