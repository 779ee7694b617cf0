import type { AnyObject } from '../../../src/kubeblocks/objects';
import type { JobMatch } from '../standins/jobRules';
import type { LaneApi } from './laneApi';
import type { LaneNamespace, NamespaceOptions } from './laneNamespace';
import type { UserName } from './users';

/** A running Kubernetes with KubeBlocks 1.0.2, made for tests. Several may run at once; nothing of one is seen in another. */
export interface ClusterLane {
  /** `https://127.0.0.1:port`. */
  readonly server: string;
  /** The certificate authority, PEM. */
  readonly authority: string;
  /** Bearer tokens. */
  readonly tokens: Readonly<Record<UserName, string>>;
  /** A client certificate of the administrator, PEM. */
  readonly clientCertificate: { readonly certificate: string; readonly key: string };
  /** A file with a context for every user, named like the user; the administrator's is current. */
  readonly kubeconfig: string;
  /** The administrator's. */
  readonly api: LaneApi;
  /** What stand-ins and programs should not have met. Empty in a healthy run. */
  readonly problems: readonly Error[];

  /** Another kubeconfig for the same cluster, as text. */
  kubeconfigFor(user: UserName, namespace?: string): string;
  apiFor(user: UserName): LaneApi;
  /** A new namespace that no other test uses, with a database cluster Running in it unless told otherwise. */
  namespace(options?: NamespaceOptions): Promise<LaneNamespace>;
  /** Creates objects in order. */
  create(...objects: readonly AnyObject[]): Promise<void>;

  /** Jobs whose pod's name matches end with status 1 after writing the log. Gives how to take it back. */
  failJob(match: JobMatch, log: string): () => void;
  /** Jobs whose pod's name matches run until this is taken back. */
  hangJob(match: JobMatch, log?: string): () => void;
  /** Volume snapshots whose name matches get an error instead of becoming ready. */
  failSnapshot(match: JobMatch, message: string): () => void;

  /** Deletes every namespace made here and takes back every decision about jobs and snapshots. */
  reset(): Promise<void>;
  /** Ends the API server as a crash would and starts it again on the same port; `meanwhile` runs while it is away. */
  restartApiServer(meanwhile?: () => Promise<void>): Promise<void>;
  /** Forgets all old versions and restarts the API server: a watch or a continued list from one of them gets 410. */
  compactEtcd(): Promise<void>;
  /** Throws every object away and installs what was there at the start: resource versions begin again. */
  wipeEtcd(): Promise<void>;
  /** Ends every process and removes every file. */
  stop(): Promise<void>;
  /** Processes of this cluster, for measurements. */
  readonly pids: readonly number[];
}
