import type * as http from 'node:http';
import { HttpsProxyAgent } from 'https-proxy-agent';

/** An agent that reaches servers through an HTTP proxy by CONNECT. A module of its own: it is read when there is a proxy. */
export function proxyTunnel(proxy: URL, options: http.AgentOptions): http.Agent {
  return new HttpsProxyAgent(proxy, options);
}
