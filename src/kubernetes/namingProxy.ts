import type * as http from 'node:http';
import type { Duplex } from 'node:stream';
import * as l10n from '@vscode/l10n';

/** The agents of proxies, all made of `agent-base`: how they make a socket. */
type Connecting = http.Agent & { connect: (request: http.ClientRequest, options: object) => Promise<Duplex> };

/**
 * Makes what an agent's proxy fails at an error that says it was the proxy, with status 0 once it is an `ApiError`. A
 * refusal to lead on would otherwise pass for the answer of the server: a proxy's 403 for one of RBAC.
 */
export function namingProxy(agent: http.Agent, proxy: URL): http.Agent {
  const connecting = agent as Connecting;
  const connect = connecting.connect.bind(agent);
  connecting.connect = async (request, options) => {
    let status = 200;
    request.once('proxyConnect', (answer: { readonly statusCode: number }) => (status = answer.statusCode));
    const socket = await connect(request, options).catch((error: unknown) => {
      throw proxyError(proxy, error instanceof Error ? error.message : String(error));
    });
    if (status !== 200) {
      socket.destroy();
      throw proxyError(proxy, l10n.t('it answered with status {0}', status));
    }
    return socket;
  };
  return agent;
}

/** Names the proxy without the name and password in its address. */
function proxyError({ protocol, host }: URL, why: string): Error {
  return Object.assign(new Error(l10n.t('its proxy {0} does not lead there: {1}. Check proxy-url in the kubeconfig, or the proxy of the environment.', `${protocol}//${host}`, why)), { code: 'EPROXY' });
}
