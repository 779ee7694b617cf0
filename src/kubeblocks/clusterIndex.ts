import { groupBackups, newestFirst, type BackupGroup } from './backupGroups';
import type { Inventory } from './inventory';
import { keyOf, objectKey } from './inventory';
import { labelOf } from './labelOf';
import { LABELS } from './labels';
import { memoiseOnto } from './memoise';
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
  /** Live clusters by namespace and name, then the gone ones. An entry of which nothing changed stays the same object. */
  readonly entries: ReadonlyMap<string, ClusterEntry>;
  /** Backups of which not even the policy is known any more. */
  readonly unassigned: readonly Backup[];
}

type Draft = { -readonly [K in keyof ClusterEntry]: ClusterEntry[K] extends readonly (infer T)[] ? T[] : ClusterEntry[K] } & {
  readonly groups: BackupGroup[];
};

/**
 * Groups the inventory by cluster; the same result object until one of the six collections changes. It starts from the
 * index asked for before: the cost is that of what changed, and of the number of clusters.
 */
export const indexClusters: (inventory: Inventory) => ClusterIndex = memoiseOnto(
  ({ backups, clusters, policies, schedules, restores, opsRequests }) => [
    backups.items,
    ...[clusters, policies, schedules, restores, opsRequests].map(({ items }) => items),
  ],
  (inventory, before) => new IndexBuilder(inventory).build(before),
);

/** The cluster a backup is of, live or gone; undefined where nothing says whose it is. */
export function entryOfBackup(inventory: Inventory, backup: Backup): ClusterEntry | undefined {
  const key = keyOf(backup);
  return [...indexClusters(inventory).entries.values()].find((entry) => entry.namespace === backup.metadata.namespace && entry.backups.some((each) => keyOf(each) === key));
}

/** The component or sharding an object is for: of a sharding the other label, where it is there, names one shard. */
export function componentOf(object: KubeObject): string | undefined {
  return labelOf(object, LABELS.sharding) ?? labelOf(object, LABELS.component);
}

/** Names of components and shardings in a cluster's spec. */
export function componentNames(cluster: Cluster): string[] {
  const named = [...(cluster.spec?.componentSpecs ?? []), ...(cluster.spec?.shardings ?? [])];
  return named.flatMap(({ name }) => (name === undefined ? [] : [name]));
}

class IndexBuilder {
  private readonly drafts = new Map<string, Draft>();
  private readonly unassigned: BackupGroup[] = [];

  constructor(private readonly inventory: Inventory) {}

  build(before: ClusterIndex | undefined): ClusterIndex {
    for (const cluster of byName(this.inventory.clusters.items)) {
      const { namespace = '', name } = cluster.metadata;
      this.drafts.set(objectKey(namespace, name), newDraft(objectKey(namespace, name), namespace, name, cluster));
    }
    for (const [, group] of [...groupBackups(this.inventory.backups.items)].sort(byKey)) {
      (this.draftOf(group)?.groups ?? this.unassigned).push(group);
    }
    this.addOwned(this.inventory.policies.items, 'policies');
    this.addOwned(this.inventory.schedules.items, 'schedules');
    this.addOwned(this.inventory.restores.items, 'restores');
    for (const ops of byName(this.inventory.opsRequests.items)) {
      this.drafts.get(objectKey(ops.metadata.namespace, ops.spec?.clusterName ?? ''))?.opsRequests.push(ops);
    }
    const entries = [...this.drafts].map(([key, draft]) => [key, entryOf(draft, before?.entries.get(key))] as const);
    return { entries: new Map(entries), unassigned: joined(this.unassigned) };
  }

  /** By label; backups without are found through their policy. */
  private draftOf({ namespace, owner }: BackupGroup): Draft | undefined {
    if (owner.kind === 'cluster') {
      return this.draftFor(namespace, owner.name, owner.uid);
    }
    const policy = this.inventory.policies.items.get(objectKey(namespace, owner.name));
    const cluster = policy === undefined ? undefined : ownerCluster(policy);
    return cluster === undefined ? undefined : this.draftFor(namespace, cluster, undefined);
  }

  private draftFor(namespace: string, name: string, uid: string | undefined): Draft {
    const key = objectKey(namespace, name);
    const live = this.drafts.get(key);
    if (live?.cluster !== undefined && (uid === undefined || live.cluster.metadata.uid === undefined || live.cluster.metadata.uid === uid)) {
      return live;
    }
    const goneKey = uid === undefined ? key : `${key}@${uid}`;
    const gone = this.drafts.get(goneKey) ?? newDraft(goneKey, namespace, name, undefined);
    this.drafts.set(goneKey, gone);
    return gone;
  }

  private addOwned<K extends 'policies' | 'schedules' | 'restores'>(items: Inventory[K]['items'], field: K): void {
    for (const object of byName<KubeObject>(items)) {
      const owner = ownerCluster(object);
      const draft = owner === undefined ? undefined : this.drafts.get(objectKey(object.metadata.namespace, owner));
      (draft?.[field] as KubeObject[] | undefined)?.push(object);
    }
  }
}

function newDraft(key: string, namespace: string, name: string, cluster: Cluster | undefined): Draft {
  return { key, namespace, name, cluster, components: [], groups: [], backups: [], policies: [], schedules: [], restores: [], opsRequests: [] };
}

/** The finished entry; the one before where nothing of it changed. */
function entryOf({ groups, ...draft }: Draft, before: ClusterEntry | undefined): ClusterEntry {
  const backups = joined(groups);
  const isSame =
    before !== undefined &&
    before.cluster === draft.cluster &&
    sameItems(before.backups, backups) &&
    OWNED.every((field) => sameItems<KubeObject>(before[field], draft[field]));
  return isSame ? before : { ...draft, backups, components: componentsOf(draft.cluster, backups) };
}

const OWNED = ['policies', 'schedules', 'restores', 'opsRequests'] as const;

function sameItems<T>(before: readonly T[], now: readonly T[]): boolean {
  return before === now || (before.length === now.length && before.every((item, index) => item === now[index]));
}

/** A single group's list keeps its identity. */
function joined(groups: readonly BackupGroup[]): readonly Backup[] {
  const [first, ...more] = groups;
  return first !== undefined && more.length === 0 ? first.backups : groups.flatMap(({ backups }) => backups).sort(newestFirst);
}

/** Cluster name by label, else by the owning Cluster. */
function ownerCluster(object: KubeObject): string | undefined {
  return object.metadata.labels?.[LABELS.instance] ?? object.metadata.ownerReferences?.find(({ kind }) => kind === 'Cluster')?.name;
}

function componentsOf(cluster: Cluster | undefined, backups: readonly Backup[]): string[] {
  if (cluster !== undefined) {
    return componentNames(cluster);
  }
  return [...new Set(backups.map(componentOf))].filter((component) => component !== undefined).sort();
}

function byName<T extends KubeObject>(items: ReadonlyMap<string, T>): T[] {
  return [...items].sort(byKey).map(([, object]) => object);
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
