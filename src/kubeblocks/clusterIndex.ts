import type { Inventory } from './inventory';
import { objectKey } from './inventory';
import { LABELS } from './labels';
import { memoiseBy } from './memoise';
import type { Backup, BackupPolicy, BackupSchedule, Cluster, KubeObject, OpsRequest, Restore } from './objects';

/** One cluster, live or gone, with everything that belongs to it. Backups are newest first, the rest by name. */
export interface ClusterEntry {
  /** `namespace/name`; a gone cluster whose name is taken again has its uid appended. Stable while the objects are. */
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  /** Absent: only its backups are left. */
  readonly cluster: Cluster | undefined;
  /** Names of components and shardings, as the Cluster's spec has them, else as the backups say. */
  readonly components: readonly string[];
  readonly backups: readonly Backup[];
  readonly policies: readonly BackupPolicy[];
  readonly schedules: readonly BackupSchedule[];
  /** Restores into this cluster. */
  readonly restores: readonly Restore[];
  readonly opsRequests: readonly OpsRequest[];
}

export interface ClusterIndex {
  /** Live clusters by namespace and name, then the gone ones. */
  readonly entries: ReadonlyMap<string, ClusterEntry>;
  /** Backups of which not even the policy is known any more. */
  readonly unassigned: readonly Backup[];
  /** The key of the entry that holds this backup (`objectKey`). */
  readonly entryKeyByBackup: ReadonlyMap<string, string>;
}

type Entry = { -readonly [K in keyof ClusterEntry]: ClusterEntry[K] extends readonly (infer T)[] ? T[] : ClusterEntry[K] };

/** Groups the inventory by cluster; the same result object until one of the six collections changes. */
export const indexClusters: (inventory: Inventory) => ClusterIndex = memoiseBy(
  ({ backups, clusters, policies, schedules, restores, opsRequests }) => [backups, clusters, policies, schedules, restores, opsRequests],
  buildIndex,
);

function buildIndex(inventory: Inventory): ClusterIndex {
  const builder = new IndexBuilder(inventory);
  return builder.build();
}

/** The component or sharding an object is for. */
export function componentOf(object: KubeObject): string | undefined {
  return object.metadata.labels?.[LABELS.component] ?? object.metadata.labels?.[LABELS.sharding];
}

/** Names of components and shardings in a cluster's spec. */
export function componentNames(cluster: Cluster): string[] {
  const named = [...(cluster.spec?.componentSpecs ?? []), ...(cluster.spec?.shardings ?? [])];
  return named.flatMap(({ name }) => (name === undefined ? [] : [name]));
}

class IndexBuilder {
  private readonly entries = new Map<string, Entry>();
  private readonly unassigned: Backup[] = [];
  private readonly entryKeyByBackup = new Map<string, string>();

  constructor(private readonly inventory: Inventory) {}

  build(): ClusterIndex {
    for (const cluster of byName(this.inventory.clusters.items)) {
      const { namespace = '', name } = cluster.metadata;
      this.entries.set(objectKey(namespace, name), newEntry(objectKey(namespace, name), namespace, name, cluster));
    }
    for (const [key, backup] of this.inventory.backups.items) {
      this.addBackup(key, backup);
    }
    this.addOwned(this.inventory.policies.items, 'policies');
    this.addOwned(this.inventory.schedules.items, 'schedules');
    this.addOwned(this.inventory.restores.items, 'restores');
    for (const ops of byName(this.inventory.opsRequests.items)) {
      this.entries.get(objectKey(ops.metadata.namespace, ops.spec?.clusterName ?? ''))?.opsRequests.push(ops);
    }
    for (const entry of this.entries.values()) {
      entry.backups.sort(newestFirst);
      entry.components = componentsOf(entry);
    }
    return { entries: this.entries, unassigned: this.unassigned.sort(newestFirst), entryKeyByBackup: this.entryKeyByBackup };
  }

  private addBackup(key: string, backup: Backup): void {
    const entry = this.entryOfBackup(backup);
    if (entry === undefined) {
      this.unassigned.push(backup);
      return;
    }
    entry.backups.push(backup);
    this.entryKeyByBackup.set(key, entry.key);
  }

  /** By label; a backup that failed early carries none and is found through its policy. */
  private entryOfBackup(backup: Backup): Entry | undefined {
    const { namespace = '', labels } = backup.metadata;
    const cluster = labels?.[LABELS.instance];
    if (cluster !== undefined) {
      return this.entryFor(namespace, cluster, labels?.[LABELS.clusterUid]);
    }
    const policy = this.inventory.policies.items.get(objectKey(namespace, backup.spec?.backupPolicyName ?? ''));
    const owner = policy === undefined ? undefined : ownerCluster(policy);
    return owner === undefined ? undefined : this.entryFor(namespace, owner, undefined);
  }

  private entryFor(namespace: string, name: string, uid: string | undefined): Entry {
    const key = objectKey(namespace, name);
    const live = this.entries.get(key);
    if (live?.cluster !== undefined && (uid === undefined || live.cluster.metadata.uid === undefined || live.cluster.metadata.uid === uid)) {
      return live;
    }
    const goneKey = uid === undefined ? key : `${key}@${uid}`;
    const gone = this.entries.get(goneKey) ?? newEntry(goneKey, namespace, name, undefined);
    this.entries.set(goneKey, gone);
    return gone;
  }

  private addOwned<K extends 'policies' | 'schedules' | 'restores'>(items: Inventory[K]['items'], field: K): void {
    for (const object of byName<KubeObject>(items)) {
      const owner = ownerCluster(object);
      const entry = owner === undefined ? undefined : this.entries.get(objectKey(object.metadata.namespace, owner));
      (entry?.[field] as KubeObject[] | undefined)?.push(object);
    }
  }
}

function newEntry(key: string, namespace: string, name: string, cluster: Cluster | undefined): Entry {
  return { key, namespace, name, cluster, components: [], backups: [], policies: [], schedules: [], restores: [], opsRequests: [] };
}

/** Cluster name by label, else by the owning Cluster. */
function ownerCluster(object: KubeObject): string | undefined {
  return object.metadata.labels?.[LABELS.instance] ?? object.metadata.ownerReferences?.find(({ kind }) => kind === 'Cluster')?.name;
}

function componentsOf(entry: Entry): string[] {
  if (entry.cluster !== undefined) {
    return componentNames(entry.cluster);
  }
  return [...new Set(entry.backups.flatMap((backup) => componentOf(backup) ?? []))].sort();
}

function byName<T extends KubeObject>(items: ReadonlyMap<string, T>): T[] {
  return [...items].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, object]) => object);
}

/** RFC 3339 times of one zone sort as texts; parsing them would cost more than the whole index. */
function newestFirst({ metadata: a }: Backup, { metadata: b }: Backup): number {
  const [older = '', newer = ''] = [a.creationTimestamp, b.creationTimestamp];
  return older === newer ? (a.name < b.name ? -1 : 1) : older < newer ? 1 : -1;
}
