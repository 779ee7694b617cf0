import type * as http from 'node:http';
import type { RequestOptions } from 'node:https';
import { newKubeConfig, type KubeConfig } from './clientNode';
import type { RequestAccess } from './credentials';
import type { ExecCredential } from './execCredential';
import { stringIn, type JsonObject } from './jsonReading';
import { impersonation, plainAccess } from './plainAccess';

/** Whether a context needs the client library: for OpenID Connect, or a proxy of its own. */
export function needsLibrary(cluster: JsonObject, user: JsonObject): boolean {
  return user['auth-provider'] !== undefined || (stringIn(cluster, 'proxy-url') ?? '') !== '';
}

/** The access that the client library works out, with one proxy agent for the whole connection. */
export class LibraryAccess {
  private config: Promise<KubeConfig> | undefined;
  private agent: http.Agent | undefined;

  constructor(
    private readonly cluster: JsonObject,
    private readonly user: JsonObject,
  ) {}

  async access(exec: ExecCredential | undefined): Promise<RequestAccess> {
    this.config ??= this.load();
    const options: RequestOptions = {};
    await (await this.config).applyToHTTPSOptions(options);
    if ((stringIn(this.cluster, 'proxy-url') ?? '') !== '' && typeof options.agent === 'object') {
      this.agent ??= options.agent;
    }
    const plain = await plainAccess(this.cluster, this.user, exec);
    return {
      headers: { ...headersOf(options), ...plain.headers, ...impersonation(this.user) },
      tls: plain.tls,
      ...(this.agent === undefined ? {} : { agent: this.agent }),
    };
  }

  private async load(): Promise<KubeConfig> {
    const user = { ...this.user, exec: undefined, tokenFile: undefined };
    const config = await newKubeConfig();
    config.loadFromString(
      JSON.stringify({
        'current-context': 'context',
        clusters: [{ name: 'cluster', cluster: this.clusterForLibrary() }],
        users: [{ name: 'user', user }],
        contexts: [{ name: 'context', context: { cluster: 'cluster', user: 'user' } }],
      }),
    );
    return config;
  }

  /** The library refuses `http://` unless TLS is declared unchecked; there is none to check. */
  private clusterForLibrary(): JsonObject {
    const isPlain = stringIn(this.cluster, 'server')?.startsWith('http:') === true;
    return isPlain ? { ...this.cluster, 'insecure-skip-tls-verify': true } : this.cluster;
  }
}

function headersOf({ headers }: RequestOptions): Record<string, string> {
  return Object.fromEntries(Object.entries(headers ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
