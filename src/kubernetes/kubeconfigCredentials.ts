import type * as http from 'node:http';
import type { RequestOptions } from 'node:https';
import * as l10n from '@vscode/l10n';
import { ApiError } from './api';
import { newKubeConfig, type KubeConfig } from './clientNode';
import type { Credentials, RequestAccess } from './credentials';
import { runExecPlugin, type ExecCredential } from './execCredential';
import { isObject, listIn, objectIn, stringIn, type JsonObject } from './jsonReading';
import type { KubeconfigDocument } from './kubeconfigDocument';
import type { Clock } from '../kubeblocks/ports';

export interface CredentialsDeps {
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How long (ms) a credential plugin may run. */
  readonly execTimeoutMs?: number;
}

/** How long (ms) credentials are used before files and providers are asked again. */
const FRESH = 30_000;
const EXEC_TIMEOUT = 60_000;
/** Removed from kubectl in 1.26; they ran arbitrary commands synchronously. */
const REMOVED_PROVIDERS = ['gcp', 'azure'];

/** The credentials of one kubeconfig context. Files, tokens, client certificates and OIDC are read by client-node. */
export class KubeconfigCredentials implements Credentials {
  private readonly cluster: JsonObject;
  private readonly user: JsonObject;
  private readonly context: string;
  private cached: { readonly access: RequestAccess; readonly until: number } | undefined;
  private fetching: Promise<RequestAccess> | undefined;
  private config: Promise<KubeConfig> | undefined;
  private execResult: ExecCredential | undefined;
  private proxyAgent: http.Agent | undefined;

  constructor(
    document: KubeconfigDocument,
    context: string,
    private readonly deps: CredentialsDeps,
  ) {
    const value = document.contexts.find(({ name }) => name === context)?.value;
    const entry = (list: KubeconfigDocument['users'], field: string): JsonObject =>
      list.find(({ name }) => name === stringIn(value, field))?.value ?? {};
    this.context = context;
    this.cluster = entry(document.clusters, 'cluster');
    this.user = entry(document.users, 'user');
  }

  async access(signal?: AbortSignal): Promise<RequestAccess> {
    signal?.throwIfAborted();
    if (this.cached !== undefined && this.deps.clock.now() < this.cached.until) {
      return this.cached.access;
    }
    this.fetching ??= this.fetch().finally(() => (this.fetching = undefined));
    return this.fetching;
  }

  renew(refused: RequestAccess): boolean {
    if (this.cached?.access !== refused) {
      return this.cached !== undefined || this.fetching !== undefined;
    }
    const renewable = this.execResult !== undefined || stringIn(this.user, 'tokenFile') !== undefined;
    if (renewable) {
      this.forget();
    }
    return renewable;
  }

  forget(): void {
    this.cached = undefined;
    this.execResult = undefined;
    this.config = undefined;
  }

  private async fetch(): Promise<RequestAccess> {
    try {
      const access = await this.build();
      const expires = this.execResult?.expires ?? Infinity;
      const until = Math.min(this.deps.clock.now() + FRESH, expires);
      this.cached = { access, until };
      return access;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new ApiError(message, { status: 401, reason: 'NoCredentials', verb: 'get' });
    }
  }

  private async build(): Promise<RequestAccess> {
    const exec = this.user.exec;
    if (isObject(exec)) {
      await this.runPlugin(exec);
    }
    this.config ??= this.createConfig();
    const options: RequestOptions = {};
    await (await this.config).applyToHTTPSOptions(options);
    return this.toAccess(options);
  }

  private async runPlugin(exec: JsonObject): Promise<void> {
    const expires = this.execResult?.expires ?? Infinity;
    if (this.execResult !== undefined && this.deps.clock.now() < expires) {
      return;
    }
    this.execResult = await runExecPlugin(exec, {
      env: this.deps.env,
      cluster: clusterInfo(this.cluster),
      timeoutMs: this.deps.execTimeoutMs ?? EXEC_TIMEOUT,
    });
    this.config = undefined;
  }

  private async createConfig(): Promise<KubeConfig> {
    const user = this.userForLibrary();
    const config = await newKubeConfig();
    config.loadFromString(
      JSON.stringify({
        'current-context': this.context,
        clusters: [{ name: 'cluster', cluster: this.clusterForLibrary() }],
        users: [{ name: 'user', user }],
        contexts: [{ name: this.context, context: { cluster: 'cluster', user: 'user' } }],
      }),
    );
    return config;
  }

  /** The library refuses `http://` (kubectl proxy) unless TLS is declared unchecked; there is none to check. */
  private clusterForLibrary(): JsonObject {
    const plain = stringIn(this.cluster, 'server')?.startsWith('http:') === true;
    return plain ? { ...this.cluster, 'insecure-skip-tls-verify': true } : this.cluster;
  }

  private userForLibrary(): JsonObject {
    const { exec, tokenFile, ...user } = this.user;
    const provider = stringIn(objectIn(user, 'auth-provider'), 'name') ?? '';
    if (REMOVED_PROVIDERS.includes(provider)) {
      throw new Error(l10n.t('The auth provider {0} is not supported, nor is it by kubectl since 1.26. Use a credential plugin.', provider));
    }
    if (typeof tokenFile === 'string') {
      return { ...user, token: undefined, 'auth-provider': { name: 'tokenFile', config: { tokenFile } } };
    }
    const token = isObject(exec) ? this.execResult?.token : stringIn(user, 'token');
    return { ...user, token };
  }

  private toAccess(options: RequestOptions): RequestAccess {
    const proxied = stringIn(this.cluster, 'proxy-url') !== undefined;
    if (proxied && options.agent instanceof Object) {
      this.proxyAgent ??= options.agent;
    }
    const { clientCertificateData: cert = options.cert, clientKeyData: key = options.key } = this.execResult ?? {};
    const { ca, rejectUnauthorized, servername } = options;
    return {
      headers: { ...this.impersonation(), ...authorization(options) },
      tls: {
        ...(ca === undefined ? {} : { ca }),
        ...(cert === undefined ? {} : { cert }),
        ...(key === undefined ? {} : { key }),
        ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }),
        ...(servername === undefined ? {} : { servername }),
      },
      ...(this.proxyAgent === undefined ? {} : { agent: this.proxyAgent }),
    };
  }

  /** The library knows of the user alone. */
  private impersonation(): Record<string, string | string[]> {
    const groups = listIn(this.user, 'as-groups').filter((group) => typeof group === 'string');
    const uid = stringIn(this.user, 'as-uid');
    const extra = Object.entries(objectIn(this.user, 'as-user-extra')).map(
      ([key, values]) => [`Impersonate-Extra-${encodeURIComponent(key)}`, Array.isArray(values) ? values.map(String) : []] as const,
    );
    return {
      ...(groups.length === 0 ? {} : { 'Impersonate-Group': groups }),
      ...(uid === undefined ? {} : { 'Impersonate-Uid': uid }),
      ...Object.fromEntries(extra),
    };
  }
}

function authorization({ headers, auth }: RequestOptions): Record<string, string> {
  const given = Object.entries(headers ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const basic = typeof auth === 'string' ? { Authorization: `Basic ${Buffer.from(auth).toString('base64')}` } : {};
  return { ...Object.fromEntries(given), ...basic };
}

/** `ExecCredential.spec.cluster`. */
function clusterInfo(cluster: JsonObject): JsonObject {
  return {
    server: cluster.server,
    'tls-server-name': cluster['tls-server-name'],
    'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'],
    'certificate-authority-data': cluster['certificate-authority-data'],
    'proxy-url': cluster['proxy-url'],
  };
}
