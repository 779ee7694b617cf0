import { performance } from 'node:perf_hooks';
import { indexClusters } from '../../src/kubeblocks/clusterIndex';
import { clusterWindow } from '../../src/kubeblocks/clusterWindow';
import { emptyInventory, keyOf, type Inventory } from '../../src/kubeblocks/inventory';
import type { Backup, KubeObject } from '../../src/kubeblocks/objects';
import { PROJECTIONS } from '../../src/kubernetes/projection';
import { actionSets, backup, cluster, CLUSTERS, instant, logBackup, policy, schedule } from './manyBackups';

const COUNT = 10_000;
const LOGS = 20;
const ROUNDS = 40;
const NOW = Date.parse(instant(COUNT * CLUSTERS * 60 + 30));

/**
 * The recovery window of one cluster with 10,000 backups and 20 log backups that overlap: ms, the least of several
 * rounds, after one event and when nothing changed. Prints one line of JSON.
 */
function main(): void {
  const inventory = listed();
  const changed = Array.from({ length: ROUNDS }, () => timed(afterOneEvent(inventory)));
  const same = Array.from({ length: ROUNDS }, () => timed(inventory));
  process.stdout.write(`${JSON.stringify({ 'recovery window, after an event': Math.min(...changed), 'recovery window, nothing changed': Math.min(...same) })}\n`);
}

function timed(inventory: Inventory): number {
  const [entry] = indexClusters(inventory).entries.values();
  const started = performance.now();
  if (entry !== undefined) clusterWindow(inventory, entry, NOW);
  return performance.now() - started;
}

/** Everything belongs to one cluster. */
function listed(): Inventory {
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

main();
