import type { Collection, CollectionName, Inventory } from '../../kubeblocks/inventory';
import type { KubeObject } from '../../kubeblocks/objects';
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
};

const known = new WeakMap<Inventory, FactSource>();

/** What a connected cluster holds; the same source as long as it is the same snapshot. */
export function inventoryFacts(inventory: Inventory): FactSource {
  const before = known.get(inventory);
  if (before !== undefined) return before;
  const origin = { kind: 'cluster', name: inventory.context } as const;
  const lists = new Map<string, FactList | undefined>();
  const source: FactSource = {
    origin,
    list(kind, namespace) {
      const key = `${kind} ${namespace ?? ''}`;
      if (!lists.has(key)) lists.set(key, listOf(inventory, kind, namespace, origin));
      return lists.get(key);
    },
  };
  known.set(inventory, source);
  return source;
}

function listOf(inventory: Inventory, kind: FactKind, namespace: string | undefined, origin: Fact['origin']): FactList | undefined {
  const name = COLLECTIONS[kind];
  if (name === undefined) return undefined;
  const { state, items }: Collection<KubeObject> = inventory[name];
  if (items.size === 0 && state.state !== 'ready') return undefined;
  const objects = [...items.values()].filter(({ metadata }) => namespace === undefined || metadata.namespace === undefined || metadata.namespace === namespace);
  // What is shown after a connection was lost, or while a list comes in, is not all there is.
  const complete = state.state === 'ready' && (state.namespace === undefined || state.namespace === namespace);
  return { facts: objects.map((object) => ({ object, origin })), complete };
}
