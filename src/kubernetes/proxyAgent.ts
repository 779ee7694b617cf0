import * as http from 'node:http';
import * as https from 'node:https';
import * as l10n from '@vscode/l10n';
import type { Clock } from '../kubeblocks/ports';
import { DIRECT, environmentProxy } from './environmentProxy';
import { stringIn, type JsonObject } from './jsonReading';
import { namingProxy } from './namingProxy';
import { socksAgent } from './socksAgent';

const AGENT = { keepAlive: true, keepAliveMsecs: 15_000 } as const;
const SOCKS = ['socks5:', 'socks5h:'];
const SPOKEN = ['http:', 'https:', ...SOCKS];

export interface ProxyChoice {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The editor has a proxy of its own, which goes before the environment's. */
  readonly editorHasProxy: boolean;
  readonly clock: Clock;
  /** Its end cuts what a proxy is still being asked for. */
  readonly signal: AbortSignal;
}

/**
 * The agent that goes the way which the kubeconfig, or the environment, names; undefined where neither does and the
 * editor decides. Throws where the proxy cannot be spoken to.
 */
export async function proxyAgentFor(cluster: JsonObject, choice: ProxyChoice): Promise<http.Agent | undefined> {
  const { env, editorHasProxy } = choice;
  const server = stringIn(cluster, 'server') ?? '';
  const named = stringIn(cluster, 'proxy-url') ?? '';
  const way = named === '' && !editorHasProxy ? environmentProxy(server, env) : named;
  if (way === undefined || way === '') {
    return undefined;
  }
  if (way === DIRECT) {
    return directAgent(server);
  }
  const url = proxyUrl(way);
  return namingProxy(await (SOCKS.includes(url.protocol) ? socksAgent(url, AGENT) : tunnelThrough(url, choice)), url);
}

/** Throws a sentence that quotes nothing of the address: it may hold a password. */
function proxyUrl(proxy: string): URL {
  const url = URL.canParse(proxy) ? new URL(proxy) : undefined;
  if (url === undefined || !SPOKEN.includes(url.protocol) || url.hostname === '') {
    throw new Error(l10n.t('The proxy of this cluster cannot be used: only http, https and socks5 addresses are known. Correct proxy-url in the kubeconfig, or HTTPS_PROXY.'));
  }
  return url;
}

async function tunnelThrough(proxy: URL, life: ProxyChoice): Promise<http.Agent> {
  const { proxyTunnel } = await import('./proxyTunnel.js');
  return proxyTunnel(proxy, AGENT, life);
}

function directAgent(server: string): http.Agent {
  return server.startsWith('http:') ? new DirectHttpAgent(AGENT) : new DirectHttpsAgent(AGENT);
}

/** These connect to host and port whatever socket path a request has: see `OWN_WAY`. */
class DirectHttpAgent extends http.Agent {
  override createConnection(...[options, callback]: Parameters<http.Agent['createConnection']>): ReturnType<http.Agent['createConnection']> {
    return super.createConnection(withoutPath(options), callback);
  }
}

class DirectHttpsAgent extends https.Agent {
  override createConnection(...[options, callback]: Parameters<https.Agent['createConnection']>): ReturnType<https.Agent['createConnection']> {
    return super.createConnection(withoutPath(options), callback);
  }
}

function withoutPath<T extends object>(options: T): T {
  return { ...options, path: undefined, socketPath: undefined };
}

/**
 * The one option with which VS Code leaves a request's agent alone (`createHttpPatch` of `@vscode/proxy-agent`); without
 * it, it puts its own in place for every server that is not on this machine. Our agents do not read it.
 */
export const OWN_WAY = { socketPath: 'as-the-agent-says' } as const;
