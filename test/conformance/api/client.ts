import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';

export interface CallOptions {
  /** Sent as it is when it is a string, else as JSON. */
  readonly body?: unknown;
  readonly type?: string;
  readonly accept?: string;
  readonly userAgent?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  /** The body, where it is JSON; an empty object where it is not. */
  readonly json: Json;
}

export type Json = Readonly<Record<string, unknown>> & { readonly metadata?: Metadata; readonly items?: readonly Json[] };
type Metadata = Readonly<Record<string, unknown>> & { readonly name?: string; readonly resourceVersion?: string; readonly uid?: string; readonly continue?: string };

export interface Client {
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** The first events of a watch, as many as asked for or as come until the server ends it. */
  watch(path: string, events: number, options?: Pick<CallOptions, 'accept'>): Promise<readonly Json[]>;
}

/** An answer that does not end is none. */
const LONGEST_ANSWER_MS = 5_000;

/** Speaks plain HTTP to an API server, so that nothing of a client library hides what is answered. */
export function createClient(address: string, token: string, ca?: string): Client {
  const request = address.startsWith('https') ? httpsRequest : httpRequest;

  function open(method: string, path: string, { body, type = 'application/json', accept = 'application/json', userAgent = 'conformance/1.0' }: CallOptions = {}): Promise<IncomingMessage> {
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${token}`,
      accept,
      'user-agent': userAgent,
      ...(text !== undefined && { 'content-type': type, 'content-length': String(Buffer.byteLength(text)) }),
    };
    return new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(LONGEST_ANSWER_MS);
      const sent = request(`${address}${path}`, { method, headers, signal, agent: false, ...(ca !== undefined && { ca }) }, resolve);
      sent.on('error', reject);
      sent.end(text);
    });
  }

  return {
    async call(method, path, options) {
      const response = await open(method, path, options);
      const chunks: Buffer[] = [];
      for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString();
      return { status: response.statusCode ?? 0, headers: response.headers, text, json: parse(text) };
    },
    async watch(path, events, options) {
      const response = await open('GET', path, options);
      const seen: Json[] = [];
      let rest = '';
      for await (const chunk of response as AsyncIterable<Buffer>) {
        const lines = (rest + chunk.toString()).split('\n');
        rest = lines.pop() ?? '';
        seen.push(...lines.map(parse));
        if (seen.length >= events) break;
      }
      response.destroy();
      if (seen.length === 0 && rest !== '') seen.push(parse(rest));
      return seen.slice(0, events);
    },
  };
}

function parse(text: string): Json {
  return text.startsWith('{') ? (JSON.parse(text) as Json) : {};
}
