import { indexClusters } from '../../src/kubeblocks/clusterIndex';
import { clusterWindow } from '../../src/kubeblocks/clusterWindow';
import { emptyInventory, keyOf, type Inventory } from '../../src/kubeblocks/inventory';
import type { Backup, KubeObject } from '../../src/kubeblocks/objects';
import { PROJECTIONS } from '../../src/kubernetes/projection';
import { actionSets, backup, cluster, CLUSTERS, instant, logBackup, policy, schedule } from './manyBackups';

const COUNT = 10_000;
const LOGS = 20;
const ROUNDS = 15;
export const NOW_OF = Date.parse(instant(COUNT * CLUSTERS * 60 + 30));

/**
 * The recovery window of one cluster with 10,000 backups and 20 log backups that overlap: ms, the least of several
 * rounds, for an inventory just listed and after one event. Prints one line of JSON.
 */
function main(): void {
  const cold = Math.min(...Array.from({ length: ROUNDS }, () => timed(listed())));
  const inventory = listed();
  timed(inventory);
  const again = Math.min(...Array.from({ length: ROUNDS }, () => timed(afterOneEvent(inventory))));
  process.stdout.write(`${JSON.stringify({ 'recovery window, just listed': cold, 'recovery window, after an event': again })}\n`);
}

function timed(inventory: Inventory): number {
  const [entry] = indexClusters(inventory).entries.values();
  const started = cpu();
  if (entry !== undefined) clusterWindow(inventory, entry, Date.parse(instant(COUNT * 60 + 30)));
  return cpu() - started;
}

/** Everything belongs to one cluster. */
export function listed(): Inventory {
  const bases = Array.from({ length: COUNT }, (_, index) => backup(index * CLUSTERS));
  const logs = Array.from({ length: LOGS }, (_, index) => {
    const log = logBackup(0, COUNT * CLUSTERS);
    const start = instant(index * 3_600);
    return { ...log, metadata: { ...(log['metadata'] as object), name: `log-${index}` }, status: { ...(log['status'] as object), timeRange: { start, end: instant(COUNT * CLUSTERS * 60) } } };
  });
  return {
    ...emptyInventory('bench'),
    clusters: { state: { state: 'ready', asOf: 0 }, items: itemsOf(PROJECTIONS.clusters, [cluster(0)]) },
    backups: { state: { state: 'ready', asOf: 0 }, items: itemsOf(PROJECTIONS.backups, [...bases, ...logs]) },
    policies: { state: { state: 'ready', asOf: 0 }, items: itemsOf(PROJECTIONS.policies, [policy(0)]) },
    schedules: { state: { state: 'ready', asOf: 0 }, items: itemsOf(PROJECTIONS.schedules, [schedule(0)]) },
    actionSets: { state: { state: 'ready', asOf: 0 }, items: itemsOf(PROJECTIONS.actionSets, actionSets()) },
  };
}

function afterOneEvent(inventory: Inventory): Inventory {
  const items = new Map(inventory.backups.items);
  const [first] = items.values();
  if (first !== undefined) items.set(keyOf(first), { ...first } satisfies Backup);
  return { ...inventory, backups: { ...inventory.backups, items } };
}

function itemsOf<T extends KubeObject>(shape: (value: unknown) => T | undefined, objects: readonly unknown[]): ReadonlyMap<string, T> {
  return new Map(objects.flatMap((object) => shape(object) ?? []).map((object) => [keyOf(object), object]));
}

if (require.main === module) main();

/** Processor time of this program in ms: other programs do not count. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
