import { performance } from 'node:perf_hooks';
import { lineage } from '../../src/kubeblocks/backupLineage';
import { indexClusters } from '../../src/kubeblocks/clusterIndex';
import { clusterWindow } from '../../src/kubeblocks/clusterWindow';
import { emptyInventory, keyOf, type Inventory } from '../../src/kubeblocks/inventory';
import type { Backup, KubeObject } from '../../src/kubeblocks/objects';
import { PROJECTIONS } from '../../src/kubernetes/projection';
import { buildTimeline } from '../../src/ui/timeline/buildTimeline';
import { chosenAt, spokenText } from '../../src/ui/timeline/view/model/chosen';
import { actionSets, backupsOfOne, cluster, CLUSTERS, instant, policy, schedule } from './manyBackups';

const COUNT = 10_000;
const LOGS = 20;
const ROUNDS = 40;
const REF = { kind: 'cluster', namespace: 'default', name: 'bench' } as const;
const NOW = Date.parse(instant(COUNT * CLUSTERS * 60 + 30));

/**
 * The recovery window of one cluster with 10,000 backups and 20 log backups that overlap: ms, the least of several
 * rounds, after one event and when nothing changed; its timeline, and what a deletion takes. Prints one line of JSON.
 */
function main(): void {
  const inventory = listed();
  const changed = Array.from({ length: ROUNDS }, () => timed(afterOneEvent(inventory)));
  const same = Array.from({ length: ROUNDS }, () => timed(inventory));
  const numbers = {
    'recovery window, after an event': Math.min(...changed),
    'recovery window, nothing changed': Math.min(...same),
    ...timeline(inventory),
    lineage: Math.min(...Array.from({ length: ROUNDS }, () => timedLineage(afterOneEvent(inventory)))),
  };
  process.stdout.write(`${JSON.stringify(numbers)}\n`);
}

/** What the extension host does to open the timeline, and what its page does for one step of the cursor before it draws it. */
function timeline(inventory: Inventory): Record<'timeline made' | 'timeline step', number> {
  const time = { now: NOW, timeZone: 'Europe/Berlin' };
  const made = Array.from({ length: ROUNDS }, () => {
    const fresh = afterOneEvent(inventory);
    const [entry] = indexClusters(fresh).entries.values();
    const started = performance.now();
    if (entry !== undefined) structuredClone(buildTimeline(fresh, REF, entry, time));
    return performance.now() - started;
  });
  const [entry] = indexClusters(inventory).entries.values();
  const [component] = entry === undefined ? [] : buildTimeline(inventory, REF, entry, time).components;
  const steps = Array.from({ length: ROUNDS }, (_, index) => {
    const started = performance.now();
    if (component !== undefined) spokenText(chosenAt(component, NOW - index * 60_000, time));
    return performance.now() - started;
  });
  return { 'timeline made': Math.min(...made), 'timeline step': Math.max(...steps.slice(5)) };
}

/** What a deletion takes of all that: the window is computed with and without it. */
function timedLineage(inventory: Inventory): number {
  const [entry] = indexClusters(inventory).entries.values();
  const base = entry?.backups[COUNT / 2];
  const started = performance.now();
  if (base !== undefined) lineage(inventory, base, NOW);
  return performance.now() - started;
}

function timed(inventory: Inventory): number {
  const [entry] = indexClusters(inventory).entries.values();
  const started = performance.now();
  if (entry !== undefined) clusterWindow(inventory, entry, NOW);
  return performance.now() - started;
}

/** Everything belongs to one cluster. */
function listed(): Inventory {
  return {
    ...emptyInventory('bench'),
    clusters: { state: { state: 'ready', asOf: 0 }, items: itemsOf(PROJECTIONS.clusters, [cluster(0)]) },
    backups: { state: { state: 'ready', asOf: 0 }, items: itemsOf(PROJECTIONS.backups, backupsOfOne(COUNT, LOGS)) },
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
