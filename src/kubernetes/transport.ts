import * as http from 'node:http';
import * as https from 'node:https';
import { gunzip } from 'node:zlib';
import { promisify } from 'node:util';
import * as l10n from '@vscode/l10n';
import type { Clock } from '../kubeblocks/ports';
import { ApiError } from './api';
import { closeAgent } from './closeAgent';
import type { Credentials, RequestAccess } from './credentials';
import { stringIn } from './jsonReading';
import { networkError } from './networkError';
import { OWN_WAY } from './proxyAgent';
import type { ServerClock } from './serverClock';
import { systemClock } from './systemClock';
import { statusError, subjectOnly, type RequestSubject } from './statusError';

export interface HttpRequest extends RequestSubject {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path and query, beginning with a slash. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

export interface HttpAnswer {
  readonly text: string;
  readonly headers: http.IncomingHttpHeaders;
}

/** Why a time limit ends that was kept. Made once: without it each request makes an error with a stack. */
const SETTLED = new Error('settled');
/** How long (ms) until an answer must have begun. */
const SILENCE = 30_000;
/** How long (ms) a whole answer may take from then on: one that trickles is given up as well. */
const LONGEST = 60_000;
/** How long (ms) until a stale socket is believed in again. */
const REPEAT_AFTER = 10_000;
/** Largest answer that is read whole. An object has at most 1.5 MB in etcd, a page at most 250 of them. */
const LARGEST = 256 * 1024 * 1024;

const unzip = promisify(gunzip);

/**
 * HTTP to one API server. The TLS options are on each request, not on the agent: VS Code replaces the agent when a
 * proxy is set and would lose them there. Rejects with `ApiError`, or with the signal's reason.
 */
export class Transport {
  private readonly agent: http.Agent | https.Agent;
  private readonly base: URL;
  private readonly clock: Clock;
  /** When a request was last sent once more because its socket was stale, by path. */
  private readonly repeated = new Map<string, number>();

  constructor(
    server: string,
    private readonly credentials: Credentials,
    private readonly time: { readonly clock?: Clock; readonly server?: Pick<ServerClock, 'sample'> } = {},
  ) {
    this.clock = time.clock ?? systemClock;
    this.base = new URL(server);
    const { Agent } = this.base.protocol === 'http:' ? http : https;
    this.agent = new Agent({ keepAlive: true, keepAliveMsecs: 15_000 });
  }

  /** The whole answer, as text. */
  async send(request: HttpRequest): Promise<HttpAnswer> {
    const stream = await this.open(request, { 'accept-encoding': 'gzip' });
    return { text: await this.guard(request, this.readText(stream, request.signal)), headers: stream.headers };
  }

  /** The answer as it comes in, uncompressed. Errors on the stream are `ApiError`s only through `translate`. */
  stream(request: HttpRequest): Promise<http.IncomingMessage> {
    return this.open(request, { 'accept-encoding': 'identity' });
  }

  /** What a broken stream means: the signal's reason, or an `ApiError`. */
  translate(request: RequestSubject & { readonly signal?: AbortSignal }, error: unknown): unknown {
    if (request.signal?.aborted === true) {
      return request.signal.reason;
    }
    return error instanceof ApiError ? error : networkError(subjectOnly(request), this.base.origin, error);
  }

  /** Closes every socket. */
  dispose(): void {
    closeAgent(this.agent);
    this.credentials.dispose();
  }

  private async open(request: HttpRequest, headers: Readonly<Record<string, string>>): Promise<http.IncomingMessage> {
    request.signal?.throwIfAborted();
    const access = await this.credentials.access(request.signal);
    try {
      return await this.attempt(request, headers, access);
    } catch (error) {
      const refused = error instanceof ApiError && error.details.status === 401;
      if (refused && this.credentials.renew(access)) {
        return this.attempt(request, headers, await this.credentials.access(request.signal));
      }
      throw error;
    }
  }

  private async attempt(
    request: HttpRequest,
    headers: Readonly<Record<string, string>>,
    access: RequestAccess,
  ): Promise<http.IncomingMessage> {
    const answer = await this.guard(request, this.exchangeAgain(request, headers, access));
    const status = answer.statusCode ?? 0;
    if (status >= 200 && status < 300) {
      return answer;
    }
    const body = await this.guard(request, this.readText(answer, request.signal));
    throw statusError(subjectOnly(request), status, body, answer.headers['retry-after']);
  }

  /** A socket that was kept may have been closed by the server just now: what changes nothing is sent once more. */
  private async exchangeAgain(
    request: HttpRequest,
    headers: Readonly<Record<string, string>>,
    access: RequestAccess,
  ): Promise<http.IncomingMessage> {
    try {
      return await this.exchange(request, headers, access);
    } catch (error) {
      if (request.method === 'GET' && error instanceof StaleSocketError && this.mayRepeat(request)) {
        return this.exchange(request, headers, access);
      }
      throw error;
    }
  }

  /** Once in a while for each thing that is asked: a server that cuts every connection is no case of a stale one. */
  private mayRepeat({ path }: HttpRequest): boolean {
    const [what = ''] = path.split('?');
    const now = this.clock.now();
    if (now - (this.repeated.get(what) ?? -Infinity) < REPEAT_AFTER) {
      return false;
    }
    this.repeated.forEach((at, other) => now - at >= REPEAT_AFTER && this.repeated.delete(other));
    this.repeated.set(what, now);
    return true;
  }

  private exchange(
    request: HttpRequest,
    headers: Readonly<Record<string, string>>,
    access: RequestAccess,
  ): Promise<http.IncomingMessage> {
    const { sent, answered } = this.depart(request, headers, access);
    return this.inTime(SILENCE, request.signal, answered, (why) => sent.destroy(why));
  }

  private depart(
    request: HttpRequest,
    headers: Readonly<Record<string, string>>,
    access: RequestAccess,
  ): { readonly sent: http.ClientRequest; readonly answered: Promise<http.IncomingMessage> } {
    const body = request.body === undefined ? undefined : Buffer.from(JSON.stringify(request.body));
    const { request: send } = this.base.protocol === 'http:' ? http : https;
    const started = this.clock.now();
    const sent = send({
      ...access.tls,
      protocol: this.base.protocol,
      hostname: this.base.hostname.replace(/^\[|\]$/g, ''),
      port: this.base.port,
      path: this.base.pathname.replace(/\/$/, '') + request.path,
      method: request.method,
      ...(access.agent === undefined ? { agent: this.agent } : { agent: access.agent, ...OWN_WAY }),
      headers: {
        accept: 'application/json',
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': body.length }),
        ...request.headers,
        ...access.headers,
      },
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    });
    const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
      sent.on('response', (answer) => {
        this.time.server?.sample(answer.headers.date, started, this.clock.now());
        resolve(answer);
      });
      sent.on('error', (error) => reject(sent.reusedSocket && stringIn(error, 'code') === 'ECONNRESET' ? new StaleSocketError() : error));
    });
    sent.end(body);
    return { sent, answered };
  }

  /** The time limit is the network's: a thread unpacks what came, however long it waits for a processor. */
  private async readText(answer: http.IncomingMessage, signal: AbortSignal | undefined): Promise<string> {
    const body = await this.inTime(LONGEST, signal, readBody(answer), (why) => answer.destroy(why));
    const plain = answer.headers['content-encoding'] === 'gzip' ? await unzip(body, { maxOutputLength: LARGEST, chunkSize: plainSize(body) }) : body;
    signal?.throwIfAborted();
    return plain.toString('utf8');
  }

  /**
   * What the task gives, or why it was given up: its time (ms) is over, or nobody wants it any more. That waits for
   * nothing: no event comes of a request whose socket is still being made (by a proxy).
   */
  private inTime<T>(ms: number, signal: AbortSignal | undefined, task: Promise<T>, stop: (why: Error) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      const over = new AbortController();
      const settle = (act: () => void): void => {
        over.abort(SETTLED);
        signal?.removeEventListener('abort', unwanted);
        act();
      };
      const giveUp = (why: Error): void => {
        settle(() => reject(why));
        stop(why);
      };
      const unwanted = (): void => giveUp(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
      signal?.addEventListener('abort', unwanted);
      this.clock.sleep(ms, over.signal).then(
        () => giveUp(timedOut(ms)),
        () => undefined,
      );
      task.then(
        (value) => settle(() => resolve(value)),
        (error: unknown) => settle(() => reject(error instanceof Error ? error : new Error(String(error)))),
      );
      if (signal?.aborted === true) {
        unwanted();
      }
    });
  }

  private async guard<T>(request: HttpRequest, task: Promise<T>): Promise<T> {
    try {
      return await task;
    } catch (error) {
      throw this.translate(request, error);
    }
  }
}

class StaleSocketError extends Error {
  readonly code = 'ECONNRESET';
}

function timedOut(ms: number): Error {
  return Object.assign(new Error(l10n.t('No answer within {0} s.', ms / 1000)), { code: 'ETIMEDOUT' });
}

/** How large (bytes) gzip's trailer says its content is: a buffer of that size is filled in one go. Only a hint, and bounded. */
function plainSize(body: Buffer): number {
  const said = body.length < 4 ? 0 : body.readUInt32LE(body.length - 4);
  return Math.min(Math.max(said + 1, 16 * 1024), 4 * 1024 * 1024);
}

async function readBody(answer: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST) {
      answer.destroy();
      throw Object.assign(new Error(l10n.t('The answer is larger than {0} MB.', LARGEST / 1024 / 1024)), { code: 'ETOOBIG' });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
