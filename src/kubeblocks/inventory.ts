import type {
  ActionSet,
  Backup,
  BackupPolicy,
  BackupRepo,
  BackupSchedule,
  Cluster,
  KubeObject,
  OpsRequest,
  Restore,
  StorageProvider,
  VolumeSnapshotClass,
} from './objects';
import type { KubeBlocksLine } from './kinds';

/** What is known of one kind's list. `asOf` is the instant (ms since the epoch) of the last proof that it is current. */
export type ListState =
  | { readonly state: 'loading' }
  /** `namespace` is set when the whole cluster may not be listed and only this namespace was. */
  | { readonly state: 'ready'; readonly asOf: number; readonly namespace?: string }
  /** The API server refused; `namespace` is set when the whole cluster may not be listed, nor this namespace. */
  | { readonly state: 'forbidden'; readonly verb: string; readonly resource: string; readonly group: string; readonly namespace?: string }
  /** The cluster does not serve this kind. */
  | { readonly state: 'absent' }
  /** Items (if any) are from `asOf`; the connection is being tried again. */
  | { readonly state: 'failed'; readonly message: string; readonly asOf?: number };

/** One kind's objects, keyed by `objectKey`. Never mutated: a change gives a new map. */
export interface Collection<T extends KubeObject> {
  readonly state: ListState;
  readonly items: ReadonlyMap<string, T>;
}

/** What is shown of a cluster: one immutable snapshot of plain data. Unchanged collections keep their identity. */
export interface Inventory {
  /** Kubeconfig context name. */
  readonly context: string;
  /** Namespace the context names, `default` if none. */
  readonly defaultNamespace: string;
  /** Undefined until found, or when KubeBlocks is not installed. */
  readonly line: KubeBlocksLine | undefined;
  /** The API says of itself that it is the playground. */
  readonly simulated: boolean;
  readonly connection: ConnectionState;
  readonly clusters: Collection<Cluster>;
  readonly backups: Collection<Backup>;
  readonly policies: Collection<BackupPolicy>;
  readonly schedules: Collection<BackupSchedule>;
  readonly repos: Collection<BackupRepo>;
  readonly actionSets: Collection<ActionSet>;
  readonly storageProviders: Collection<StorageProvider>;
  readonly restores: Collection<Restore>;
  readonly opsRequests: Collection<OpsRequest>;
  readonly snapshotClasses: Collection<VolumeSnapshotClass>;
}

export type CollectionName = {
  [K in keyof Inventory]: Inventory[K] extends Collection<KubeObject> ? K : never;
}[keyof Inventory];

export type ConnectionState =
  | { readonly state: 'connecting' }
  | { readonly state: 'connected'; readonly serverVersion: string }
  /** Reached, but no KubeBlocks CRDs are installed. */
  | { readonly state: 'noKubeBlocks'; readonly serverVersion: string }
  /** Not reached, or credentials refused. `retrying` says whether it heals by itself. */
  | { readonly state: 'failed'; readonly message: string; readonly retrying: boolean; readonly since: number };

/** `namespace/name`, or `/name` for a cluster-scoped object. */
export function objectKey(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

export function keyOf(object: KubeObject): string {
  return objectKey(object.metadata.namespace, object.metadata.name);
}

/** An inventory in which nothing has been read yet. */
export function emptyInventory(context: string, defaultNamespace = 'default'): Inventory {
  // Its own: what is remembered of it must not outlive it.
  const loading: Collection<never> = { state: { state: 'loading' }, items: new Map<string, never>() };
  return {
    context,
    defaultNamespace,
    line: undefined,
    simulated: false,
    connection: { state: 'connecting' },
    clusters: loading,
    backups: loading,
    policies: loading,
    schedules: loading,
    repos: loading,
    actionSets: loading,
    storageProviders: loading,
    restores: loading,
    opsRequests: loading,
    snapshotClasses: loading,
  };
}
