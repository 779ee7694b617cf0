import { Agent, request, type RequestOptions } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { AnyObject } from '../../../src/kubeblocks/objects';

/** An answer of the API server that is no success. */
export class LaneApiError extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

export interface WatchedObject {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: AnyObject;
}

export interface Watcher {
  readonly onEvent: (event: WatchedObject) => void;
  /** Everything that is there now was told. Again after every interruption. */
  readonly onSynced?: () => void;
}

interface Body {
  readonly value: unknown;
  readonly type: string;
}

/** How long (ms) after a broken watch it is tried again; only restarts of the server break one here. */
const RETRY = 100;

/**
 * A client of the lane's API server for one user, and nothing more. It shares no code with the extension, so that what it
 * sees can be held against what the extension shows.
 */
export class LaneApi {
  constructor(
    private readonly server: { readonly port: number; readonly authority: string },
    private readonly token: string,
    private readonly impersonated?: string,
    private readonly agent = new Agent({ keepAlive: true, maxSockets: 16 }),
  ) {}

  /** The same, as somebody else: the user must be allowed to impersonate. */
  as(user: string): LaneApi {
    return new LaneApi(this.server, this.token, user, this.agent);
  }

  get<T = AnyObject>(path: string): Promise<T> {
    return this.send<T>('GET', path);
  }

  async list(path: string): Promise<readonly AnyObject[]> {
    return (await this.send<{ items: readonly AnyObject[] }>('GET', path)).items;
  }

  /** `path`: of the collection. A text is sent as it is, as YAML. */
  create<T = AnyObject>(path: string, object: object | string): Promise<T> {
    return this.send<T>('POST', path, { value: object, type: typeof object === 'string' ? 'application/yaml' : 'application/json' });
  }

  /** Server-side apply, taking over fields that others own. `path`: of the object. */
  apply<T = AnyObject>(path: string, object: object): Promise<T> {
    return this.send<T>('PATCH', `${path}?fieldManager=cluster-lane&force=true`, { value: object, type: 'application/apply-patch+yaml' });
  }

  /** A merge patch. */
  patch<T = AnyObject>(path: string, change: object): Promise<T> {
    return this.send<T>('PATCH', path, { value: change, type: 'application/merge-patch+json' });
  }

  async delete(path: string): Promise<void> {
    await this.send('DELETE', path);
  }

  /** The text of an answer that is not JSON, such as a log. */
  async text(path: string, signal?: AbortSignal): Promise<string> {
    return readAll(await this.open('GET', path, undefined, signal));
  }

  /**
   * Tells of every object that is there, then of every change, until the signal. Survives restarts of the server: then it
   * tells of every object again.
   */
  async watch(path: string, watcher: Watcher, signal: AbortSignal): Promise<void> {
    const isOver = (): boolean => signal.aborted;
    while (!isOver()) {
      try {
        await this.watchOnce(path, watcher, signal);
      } catch (error) {
        if (isOver()) return;
        if (error instanceof LaneApiError && error.status !== 429 && error.status < 500) throw error;
      }
      await new Promise<void>((resolve) => setTimeout(resolve, RETRY));
    }
  }

  close(): void {
    this.agent.destroy();
  }

  private async watchOnce(path: string, { onEvent, onSynced }: Watcher, signal: AbortSignal): Promise<void> {
    const start = 'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
    const response = await this.open('GET', `${path}${path.includes('?') ? '&' : '?'}${start}`, undefined, signal);
    let rest = '';
    response.setEncoding('utf8');
    for await (const chunk of response) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const event = JSON.parse(line) as { type: string; object: AnyObject };
        if (event.type === 'ERROR') return;
        if (event.type !== 'BOOKMARK') onEvent(event as WatchedObject);
        else if (event.object.metadata.annotations?.['k8s.io/initial-events-end'] === 'true') onSynced?.();
      }
    }
  }

  private async send<T>(method: string, path: string, body?: Body): Promise<T> {
    return JSON.parse(await readAll(await this.open(method, path, body))) as T;
  }

  private open(method: string, path: string, body?: Body, signal?: AbortSignal): Promise<IncomingMessage> {
    const options: RequestOptions = {
      method,
      path,
      host: '127.0.0.1',
      port: this.server.port,
      ca: this.server.authority,
      agent: this.agent,
      headers: { authorization: `Bearer ${this.token}`, accept: 'application/json', ...(body && { 'content-type': body.type }), ...(this.impersonated !== undefined && { 'impersonate-user': this.impersonated }) },
      ...(signal && { signal, agent: false }),
    };
    return new Promise((resolve, reject) => {
      const sent = request(options, (response) => {
        if ((response.statusCode ?? 500) < 300) resolve(response);
        else readAll(response).then((text) => reject(refusal(`${method} ${path}`, response.statusCode ?? 500, text)), reject);
      });
      sent.once('error', reject);
      sent.end(typeof body?.value === 'string' ? body.value : body && JSON.stringify(body.value));
    });
  }
}

async function readAll(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function refusal(what: string, status: number, text: string): LaneApiError {
  try {
    const { message, reason } = JSON.parse(text) as { message?: string; reason?: string };
    return new LaneApiError(status, reason ?? '', `${what}: ${message ?? text}`);
  } catch {
    return new LaneApiError(status, '', `${what}: ${status} ${text}`);
  }
}
