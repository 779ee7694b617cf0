import type * as http from 'node:http';
import * as l10n from '@vscode/l10n';
import { ApiError } from './api';
import { closeAgent } from './closeAgent';
import type { Credentials, RequestAccess } from './credentials';
import { runExecPlugin, type ExecCredential } from './execCredential';
import { isObject, objectIn, stringIn, type JsonObject } from './jsonReading';
import type { KubeconfigDocument } from './kubeconfigDocument';
import { OidcToken } from './oidcToken';
import { plainAccess } from './plainAccess';
import { proxyAgentFor, type ProxyChoice } from './proxyAgent';
import type { Clock } from '../kubeblocks/ports';

export interface CredentialsDeps {
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The editor has a proxy of its own: the environment's is left to it. */
  readonly editorHasProxy?: () => boolean;
  /** How long (ms) a credential plugin may run. */
  readonly execTimeoutMs?: number;
}

/** How long (ms) credentials are used before files and providers are asked again. */
const FRESH = 30_000;
const EXEC_TIMEOUT = 60_000;
/** Removed from kubectl in 1.26; they ran arbitrary commands synchronously. */
const REMOVED_PROVIDERS = ['gcp', 'azure'];

/** The credentials of one kubeconfig context. What is fetched is kept in memory alone. */
export class KubeconfigCredentials implements Credentials {
  private readonly cluster: JsonObject;
  private readonly user: JsonObject;
  private cached: { readonly access: RequestAccess; readonly until: number } | undefined;
  private fetching: Promise<RequestAccess> | undefined;
  private execResult: ExecCredential | undefined;
  private readonly oidc: OidcToken | undefined;
  private readonly ending = new AbortController();
  private proxyAgent: Promise<http.Agent | undefined> | undefined;

  constructor(
    document: KubeconfigDocument,
    context: string,
    private readonly deps: CredentialsDeps,
  ) {
    const value = document.contexts.find(({ name }) => name === context)?.value;
    const entry = (list: KubeconfigDocument['users'], field: string): JsonObject =>
      list.find(({ name }) => name === stringIn(value, field))?.value ?? {};
    this.cluster = entry(document.clusters, 'cluster');
    this.user = entry(document.users, 'user');
    const provider = objectIn(this.user, 'auth-provider');
    this.oidc = stringIn(provider, 'name') === 'oidc' ? new OidcToken(objectIn(provider, 'config'), this.proxyChoice) : undefined;
  }

  async access(signal?: AbortSignal): Promise<RequestAccess> {
    signal?.throwIfAborted();
    if (this.cached !== undefined && this.deps.clock.now() < this.cached.until) {
      return this.cached.access;
    }
    this.fetching ??= this.fetch().finally(() => (this.fetching = undefined));
    return untilAborted(this.fetching, signal);
  }

  renew(refused: RequestAccess): boolean {
    if (this.cached?.access !== refused) {
      return this.cached !== undefined || this.fetching !== undefined;
    }
    const renewable = this.execResult !== undefined || this.oidc?.canRefresh === true || stringIn(this.user, 'tokenFile') !== undefined;
    if (renewable) {
      this.forget();
      this.oidc?.drop();
    }
    return renewable;
  }

  forget(): void {
    this.cached = undefined;
    this.execResult = undefined;
  }

  dispose(): void {
    this.ending.abort(new Error('disposed'));
    this.proxyAgent?.then(
      (agent) => agent && closeAgent(agent),
      () => undefined,
    );
  }

  private async fetch(): Promise<RequestAccess> {
    try {
      const fetched = await this.fetchCredential();
      const plain = await plainAccess(this.cluster, this.user, fetched);
      const agent = await this.agentOfProxy();
      const access = agent === undefined ? plain : { ...plain, agent };
      this.cached = { access, until: Math.min(this.deps.clock.now() + FRESH, fetched?.expires ?? Infinity) };
      return access;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new ApiError(message, { status: 401, reason: 'NoCredentials', verb: 'get' });
    }
  }

  /** What a plugin or a provider gives; undefined where the kubeconfig has everything. */
  private async fetchCredential(): Promise<ExecCredential | undefined> {
    const provider = stringIn(objectIn(this.user, 'auth-provider'), 'name') ?? '';
    if (REMOVED_PROVIDERS.includes(provider)) {
      throw new Error(l10n.t('The auth provider {0} is not supported, nor is it by kubectl since 1.26. Use a credential plugin.', provider));
    }
    const { exec } = this.user;
    if (isObject(exec)) {
      return this.runPlugin(exec);
    }
    return this.oidc?.get(this.deps.clock.now());
  }

  /** One for the whole connection: it keeps its sockets. */
  private async agentOfProxy(): Promise<http.Agent | undefined> {
    this.proxyAgent ??= proxyAgentFor(this.cluster, this.proxyChoice);
    return this.proxyAgent;
  }

  private get proxyChoice(): ProxyChoice {
    const { env, clock, editorHasProxy } = this.deps;
    return { env, clock, signal: this.ending.signal, editorHasProxy: editorHasProxy?.() ?? false };
  }

  private async runPlugin(exec: JsonObject): Promise<ExecCredential> {
    const expires = this.execResult?.expires ?? Infinity;
    if (this.execResult === undefined || this.deps.clock.now() >= expires) {
      this.execResult = await runExecPlugin(exec, {
        env: this.deps.env,
        cluster: clusterInfo(this.cluster),
        timeoutMs: this.deps.execTimeoutMs ?? EXEC_TIMEOUT,
        signal: this.ending.signal,
      });
    }
    return this.execResult;
  }
}

/** Who stops waiting does not stop what others wait for. */
function untilAborted<T>(task: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) {
    return task;
  }
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    task.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
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
