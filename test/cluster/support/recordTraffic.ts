import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { EventEmitter, once } from 'node:events';
import type { ClientRequest } from 'node:http';

/** What differs from call to call and says nothing. */
const OPAQUE = ['resourceVersion', 'timeoutSeconds', 'continue'];

/** Every request that the product makes of a server while it is recorded, in order, as `GET /path?query`. */
export class Traffic {
  private readonly sent: string[] = [];
  private readonly heard = new EventEmitter();
  private readonly hear = (message: unknown): void => {
    const { request } = message as { readonly request: ClientRequest };
    // The lane's own client, which runs in this process too, sends no such header; the product always does.
    if (request.getHeader('accept-encoding') === undefined) return;
    this.sent.push(`${request.method} ${request.path}`);
    this.heard.emit('sent');
  };

  constructor() {
    subscribe('http.client.request.start', this.hear);
  }

  /** What was sent since the last time, names and what is opaque left out. */
  take(names: Readonly<Record<string, string>> = {}): readonly string[] {
    return this.sent.splice(0).map((call) => plain(call, names));
  }

  /** Resolves once as many requests with that text were sent and not taken. */
  async untilSent(text: string, count: number): Promise<void> {
    while (this.sent.filter((call) => call.includes(text)).length < count) await once(this.heard, 'sent');
  }

  stop(): void {
    unsubscribe('http.client.request.start', this.hear);
  }
}

function plain(call: string, names: Readonly<Record<string, string>>): string {
  const [path = '', query = ''] = call.split('?');
  const parts = path.split('/').map((part) => names[part] ?? part);
  const asked = [...new URLSearchParams(query)].map(([key, value]) => `${key}=${OPAQUE.includes(key) ? '…' : replaceNames(value, names)}`);
  return `${parts.join('/')}${asked.length === 0 ? '' : `?${asked.join('&')}`}`;
}

function replaceNames(text: string, names: Readonly<Record<string, string>>): string {
  return Object.entries(names).reduce((now, [name, placeholder]) => now.replaceAll(name, placeholder), text);
}
