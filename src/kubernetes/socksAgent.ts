import type * as http from 'node:http';

/**
 * The agent for a SOCKS proxy. Names are resolved at the proxy, as they are for kubectl: the library would do that for
 * `socks5h` alone.
 */
export async function socksAgent(proxy: URL, kept: Pick<http.AgentOptions, 'keepAlive' | 'keepAliveMsecs'>): Promise<http.Agent> {
  const { SocksProxyAgent } = await import('socks-proxy-agent');
  return new SocksProxyAgent(proxy.href.replace(/^socks5h?:/, 'socks5h:'), kept);
}
