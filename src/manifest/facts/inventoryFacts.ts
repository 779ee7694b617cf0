import type { Collection, CollectionName, Inventory } from '../../kubeblocks/inventory';
import type { KubeObject } from '../../kubeblocks/objects';
import { byNamespace } from './byNamespace';
import type { Fact, FactKind, FactList, FactSource } from './facts';

/** Where the inventory keeps a kind; it knows nothing of the others. */
export const COLLECTIONS: Partial<Record<FactKind, CollectionName>> = {
  ActionSet: 'actionSets',
  Backup: 'backups',
  BackupPolicy: 'policies',
  BackupRepo: 'repos',
  BackupSchedule: 'schedules',
  Cluster: 'clusters',
  OpsRequest: 'opsRequests',
  Restore: 'restores',
  StorageProvider: 'storageProviders',
  VolumeSnapshotClass: 'snapshotClasses',
};

const known = new WeakMap<Inventory, FactSource>();

/** What a connected cluster holds; the same source as long as it is the same snapshot. */
export function inventoryFacts(inventory: Inventory): FactSource {
  const before = known.get(inventory);
  if (before !== undefined) return before;
  const origin = { kind: 'cluster', name: inventory.context } as const;
  const lists = new Map<string, FactList | undefined>();
  const seen = new Map<CollectionName, (namespace: string | undefined) => readonly Fact[]>();
  const visibleOf = (name: CollectionName): ((namespace: string | undefined) => readonly Fact[]) => {
    const before = seen.get(name);
    if (before !== undefined) return before;
    const { items }: Collection<KubeObject> = inventory[name];
    const visible = byNamespace([...items.values()].map((object) => ({ object, origin })), ({ object }) => object.metadata.namespace);
    seen.set(name, visible);
    return visible;
  };
  const source: FactSource = {
    origin,
    list(kind, namespace) {
      const key = `${kind} ${namespace ?? ''}`;
      if (!lists.has(key)) lists.set(key, listOf(inventory, kind, namespace, visibleOf));
      return lists.get(key);
    },
  };
  known.set(inventory, source);
  return source;
}

function listOf(inventory: Inventory, kind: FactKind, namespace: string | undefined, visibleOf: (name: CollectionName) => (namespace: string | undefined) => readonly Fact[]): FactList | undefined {
  const name = COLLECTIONS[kind];
  if (name === undefined) return undefined;
  const { state, items }: Collection<KubeObject> = inventory[name];
  if (items.size === 0 && state.state !== 'ready') return undefined;
  // What is shown after a connection was lost, or while a list comes in, is not all there is.
  const complete = state.state === 'ready' && (state.namespace === undefined || state.namespace === namespace);
  return { facts: visibleOf(name)(namespace), complete };
}
