import type * as http from 'node:http';
import type { RequestOptions } from 'node:https';
import { newKubeConfig } from './clientNode';

/** The client library's agent for a SOCKS proxy, which it brings with it. */
export async function socksAgent(proxy: string): Promise<http.Agent | undefined> {
  const config = await newKubeConfig();
  config.loadFromString(
    JSON.stringify({
      'current-context': 'context',
      // Of the cluster only the proxy is read here; the library refuses `http://` servers.
      clusters: [{ name: 'cluster', cluster: { server: 'https://cluster.invalid', 'proxy-url': proxy } }],
      users: [{ name: 'user', user: {} }],
      contexts: [{ name: 'context', context: { cluster: 'cluster', user: 'user' } }],
    }),
  );
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  return typeof options.agent === 'object' ? options.agent : undefined;
}
