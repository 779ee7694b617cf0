import type * as http from 'node:http';
import type { SecureContextOptions } from 'node:tls';

/** What a request needs to be let in. Holds secrets: never logged. */
export interface RequestAccess {
  /** Authorization and impersonation. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly tls: Pick<SecureContextOptions, 'ca' | 'cert' | 'key'> & {
    readonly rejectUnauthorized?: boolean;
    readonly servername?: string;
  };
  /** The way through the proxy that the kubeconfig names. */
  readonly agent?: http.Agent;
}

/** Where a connection's credentials come from. */
export interface Credentials {
  /** Current credentials; one that is being fetched is waited for by all. Rejects with `ApiError`. */
  access(signal?: AbortSignal): Promise<RequestAccess>;
  /**
   * The server refused these with 401. True when others can be fetched, so that the request is worth sending once
   * more; false when that would give the same again.
   */
  renew(refused: RequestAccess): boolean;
  /** Reads and fetches everything anew with the next request. */
  forget(): void;
  /** Ends a plugin that runs, and closes the sockets of the way it gave. */
  dispose(): void;
}
