import * as http from 'node:http';
import * as https from 'node:https';
import { gunzip } from 'node:zlib';
import { promisify } from 'node:util';
import * as l10n from '@vscode/l10n';
import type { Clock } from '../kubeblocks/ports';
import { ApiError } from './api';
import type { Credentials, RequestAccess } from './credentials';
import { stringIn } from './jsonReading';
import { networkError } from './networkError';
import { OWN_WAY } from './proxyAgent';
import type { ServerClock } from './serverClock';
import { statusError, subjectOnly, type RequestSubject } from './statusError';

export interface HttpRequest extends RequestSubject {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path and query, beginning with a slash. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** Do not end the request for silence: the caller watches over it. */
  readonly endless?: boolean;
}

export interface HttpAnswer {
  readonly text: string;
  readonly headers: http.IncomingHttpHeaders;
}

/** Silence (ms) after which a request that should be answered at once is given up. */
const SILENCE = 30_000;
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

  constructor(
    server: string,
    private readonly credentials: Credentials,
    private readonly time?: { readonly clock: Pick<Clock, 'now'>; readonly server: Pick<ServerClock, 'sample'> },
  ) {
    this.base = new URL(server);
    const { Agent } = this.base.protocol === 'http:' ? http : https;
    this.agent = new Agent({ keepAlive: true, keepAliveMsecs: 15_000 });
  }

  /** The whole answer, as text. */
  async send(request: HttpRequest): Promise<HttpAnswer> {
    const stream = await this.open(request, { 'accept-encoding': 'gzip' });
    return { text: await this.guard(request, readText(stream)), headers: stream.headers };
  }

  /** The answer as it comes in, uncompressed. Errors on the stream are `ApiError`s only through `translate`. */
  stream(request: HttpRequest): Promise<http.IncomingMessage> {
    return this.open({ ...request, endless: true }, { 'accept-encoding': 'identity' });
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
    this.agent.destroy();
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
    const body = await this.guard(request, readText(answer));
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
      if (request.method === 'GET' && error instanceof StaleSocketError) {
        return this.exchange(request, headers, access);
      }
      throw error;
    }
  }

  private exchange(
    request: HttpRequest,
    headers: Readonly<Record<string, string>>,
    access: RequestAccess,
  ): Promise<http.IncomingMessage> {
    const body = request.body === undefined ? undefined : Buffer.from(JSON.stringify(request.body));
    const { request: send } = this.base.protocol === 'http:' ? http : https;
    const started = this.time?.clock.now() ?? 0;
    return new Promise((resolve, reject) => {
      const sent = send(
        {
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
        },
        (answer) => {
          if (request.endless === true) {
            sent.setTimeout(0);
          }
          this.time?.server.sample(answer.headers.date, started, this.time.clock.now());
          resolve(answer);
        },
      );
      sent.setTimeout(SILENCE, () => sent.destroy(timedOut()));
      sent.on('error', (error) => reject(sent.reusedSocket && stringIn(error, 'code') === 'ECONNRESET' ? new StaleSocketError() : error));
      sent.end(body);
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

function timedOut(): Error {
  return Object.assign(new Error(l10n.t('No answer within {0} s.', SILENCE / 1000)), { code: 'ETIMEDOUT' });
}

async function readText(answer: http.IncomingMessage): Promise<string> {
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
  const body = Buffer.concat(chunks);
  const plain = answer.headers['content-encoding'] === 'gzip' ? await unzip(body, { maxOutputLength: LARGEST }) : body;
  return plain.toString('utf8');
}
