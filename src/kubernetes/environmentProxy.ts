import { BlockList, isIP } from 'node:net';

export const DIRECT = Symbol('direct');

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What the environment says about the way to a server, as Go reads it for kubectl
 * (`golang.org/x/net/http/httpproxy`): the proxy's address, `DIRECT` where one is set and `NO_PROXY` or loopback exempts
 * the server, or undefined where none is set. A proxy without a scheme is an `http://` one.
 */
export function environmentProxy(server: string, env: Environment): string | typeof DIRECT | undefined {
  const url = new URL(server);
  const isSecure = url.protocol === 'https:';
  const proxy = isSecure ? first(env, 'HTTPS_PROXY', 'https_proxy') : first(env, 'HTTP_PROXY', 'http_proxy');
  if (proxy === undefined) {
    return undefined;
  }
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = url.port === '' ? (isSecure ? '443' : '80') : url.port;
  return isExempt(host, port, first(env, 'NO_PROXY', 'no_proxy') ?? '') ? DIRECT : withScheme(proxy);
}

function first(env: Environment, ...names: readonly string[]): string | undefined {
  return names.map((name) => env[name]).find((value) => value !== undefined && value !== '');
}

function withScheme(proxy: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
}

function isExempt(host: string, port: string, noProxy: string): boolean {
  if (host === 'localhost' || isLoopback(host)) {
    return true;
  }
  return noProxy
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .some((entry) => entry !== '' && matches(entry, host, port));
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === '*') {
    return true;
  }
  if (entry.includes('/')) {
    return isInNetwork(entry, host);
  }
  const [name, onlyPort] = splitPort(entry);
  if (name === '' || (onlyPort !== undefined && onlyPort !== port)) {
    return false;
  }
  if (isIP(name) !== 0) {
    return isIP(host) !== 0 && listOf(name)?.check(host, familyOf(host)) === true;
  }
  const domain = name.startsWith('*.') ? name.slice(1) : name;
  return domain.startsWith('.') ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`);
}

function splitPort(entry: string): readonly [string, string | undefined] {
  const [, bracketed, plain, port] = /^(?:\[(.*)\]|([^:]*)):([^:]*)$/.exec(entry) ?? [];
  return port === undefined ? [entry, undefined] : [bracketed ?? plain ?? '', port === '' ? undefined : port];
}

function isInNetwork(network: string, host: string): boolean {
  const [address = '', bits = ''] = network.split('/');
  return isIP(host) !== 0 && /^\d+$/.test(bits) && listOf(address, Number(bits))?.check(host, familyOf(host)) === true;
}

function isLoopback(host: string): boolean {
  return isIP(host) !== 0 && (isInNetwork('127.0.0.0/8', host) || isInNetwork('::1/128', host));
}

/** Undefined for a network that is none. */
function listOf(address: string, bits?: number): BlockList | undefined {
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  if (longest < 0 || (bits !== undefined && bits > longest)) {
    return undefined;
  }
  const list = new BlockList();
  list.addSubnet(address, bits ?? longest, familyOf(address));
  return list;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
