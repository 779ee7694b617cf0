import * as l10n from '@vscode/l10n';
import { ApiError } from './api';
import type { Credentials, RequestAccess } from './credentials';
import { runExecPlugin, type ExecCredential } from './execCredential';
import { isObject, objectIn, stringIn, type JsonObject } from './jsonReading';
import type { KubeconfigDocument } from './kubeconfigDocument';
import { LibraryAccess, needsLibrary } from './libraryAccess';
import { plainAccess } from './plainAccess';
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

/** The credentials of one kubeconfig context. The client library is loaded for contexts that need it alone. */
export class KubeconfigCredentials implements Credentials {
  private readonly cluster: JsonObject;
  private readonly user: JsonObject;
  private cached: { readonly access: RequestAccess; readonly until: number } | undefined;
  private fetching: Promise<RequestAccess> | undefined;
  private execResult: ExecCredential | undefined;
  private library: LibraryAccess | undefined;

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
    const provider = stringIn(objectIn(this.user, 'auth-provider'), 'name') ?? '';
    if (REMOVED_PROVIDERS.includes(provider)) {
      throw new Error(l10n.t('The auth provider {0} is not supported, nor is it by kubectl since 1.26. Use a credential plugin.', provider));
    }
    const { exec } = this.user;
    if (isObject(exec)) {
      await this.runPlugin(exec);
    }
    if (!needsLibrary(this.cluster, this.user)) {
      return plainAccess(this.cluster, this.user, this.execResult);
    }
    this.library ??= new LibraryAccess(this.cluster, this.user);
    return this.library.access(this.execResult);
  }

  private async runPlugin(exec: JsonObject): Promise<void> {
    const expires = this.execResult?.expires ?? Infinity;
    if (this.execResult === undefined || this.deps.clock.now() >= expires) {
      this.execResult = await runExecPlugin(exec, {
        env: this.deps.env,
        cluster: clusterInfo(this.cluster),
        timeoutMs: this.deps.execTimeoutMs ?? EXEC_TIMEOUT,
      });
    }
  }
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
