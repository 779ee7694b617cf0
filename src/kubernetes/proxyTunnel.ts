import type * as http from 'node:http';
import { HttpsProxyAgent } from 'https-proxy-agent';
import * as l10n from '@vscode/l10n';
import type { Clock } from '../kubeblocks/ports';
import { linkedController } from './linkedController';

/** How long (ms) a proxy may take to answer. */
const SILENCE = 30_000;

interface Life {
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** An agent that reaches servers through an HTTP proxy by CONNECT. A module of its own: it is read when there is a proxy. */
export function proxyTunnel(proxy: URL, options: http.AgentOptions, life: Life): http.Agent {
  return new Tunnels(proxy, options, life);
}

/** A socket that waits for its proxy is in nobody's hands: it is cut when that takes too long, and at the end. */
class Tunnels extends HttpsProxyAgent<string> {
  private readonly plainOpts: HttpsProxyAgent<string>['connectOpts'];

  constructor(
    proxy: URL,
    options: http.AgentOptions,
    private readonly life: Life,
  ) {
    super(proxy, options);
    this.plainOpts = this.connectOpts;
  }

  override async connect(...request: Parameters<HttpsProxyAgent<string>['connect']>): ReturnType<HttpsProxyAgent<string>['connect']> {
    const { controller, unlink } = linkedController(this.life.signal);
    const over = new AbortController();
    this.life.clock.sleep(SILENCE, over.signal).then(
      () => controller.abort(),
      () => undefined,
    );
    // Read before `connect` first waits.
    this.connectOpts = { ...this.plainOpts, signal: controller.signal };
    try {
      return await super.connect(...request);
    } catch (error) {
      throw controller.signal.aborted ? new Error(l10n.t('it does not answer')) : error;
    } finally {
      over.abort();
      unlink();
    }
  }
}
