import type * as http from 'node:http';
import type { RequestOptions } from 'node:https';
import { newKubeConfig } from './clientNode';

/**
 * The client library's agent for a SOCKS proxy, which it brings with it. Names are resolved at the proxy, as they are
 * for kubectl: the library would do that for `socks5h` alone.
 */
export async function socksAgent(proxy: URL, kept: Pick<http.AgentOptions, 'keepAlive' | 'keepAliveMsecs'>): Promise<http.Agent> {
  const config = await newKubeConfig();
  config.loadFromString(
    JSON.stringify({
      'current-context': 'context',
      // Of the cluster only the proxy is read here; the library refuses `http://` servers.
      clusters: [{ name: 'cluster', cluster: { server: 'https://cluster.invalid', 'proxy-url': proxy.href.replace(/^socks5h?:/, 'socks5h:') } }],
      users: [{ name: 'user', user: {} }],
      contexts: [{ name: 'context', context: { cluster: 'cluster', user: 'user' } }],
    }),
  );
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  if (typeof options.agent !== 'object') {
    throw new Error('the client library gave no agent for a SOCKS proxy');
  }
  // An agent's TLS options go before a request's, and the library sets all of them, undefined ones too.
  return Object.assign(options.agent, { options: { path: undefined }, ...kept });
}
