import { performance } from 'node:perf_hooks';
import { keyOf, emptyInventory, type Inventory } from '../../src/kubeblocks/inventory';
import { indexClusters } from '../../src/kubeblocks/clusterIndex';
import type { KubeObject } from '../../src/kubeblocks/objects';
import { PROJECTIONS } from '../../src/kubernetes/projection';
import { applyBurst, type WatchState } from '../../src/kubernetes/watchState';
import { buildBackupSetsTree } from '../../src/ui/views/backupSetsTree';
import { GROUPINGS } from '../../src/ui/views/groupings';
import { buildClustersTree } from '../../src/ui/views/clustersTree';
import { buildRepositoriesTree } from '../../src/ui/views/repositoriesTree';
import { ShownTree } from '../../src/ui/views/shownTree';
import type { TreeNode } from '../../src/ui/views/treeNode';
import { actionSets, backup, cluster, CLUSTERS, instant, logBackup, policy, schedule } from './manyBackups';

const COUNT = 10_000;
const ROUNDS = 15;
const NOW = Date.parse(instant(COUNT * 60 + 30));
let time = { now: NOW, timeZone: 'Europe/Berlin' };
const pages = (): number => 1;

type Work = readonly [what: string, ms: () => number];

/**
 * Processor time (ms) of each piece of synchronous work between an answer's text and a tree's lines, for 10,000 backups
 * of 40 clusters with log backups: the least of several rounds, so that a busy machine tells the same.
 * Prints one line of JSON.
 */
function main(): void {
  const inventory = listed();
  const texts = JSON.stringify({ items: Array.from({ length: 250 }, (_, index) => backup(index)) });
  const parsed = JSON.parse(texts) as { items: unknown[] };
  const built = TREES.map(opened);
  let state: WatchState<KubeObject> = { items: inventory.backups.items, resourceVersion: '1' };
  let current = inventory;
  let version = 1;
  const change = (count: number): number => {
    const changes = new Map<string, KubeObject>();
    for (let index = 0; index < count; index += 1) {
      const object = PROJECTIONS.backups({ ...backup(index * CLUSTERS), metadata: { ...(backup(index * CLUSTERS)['metadata'] as object), resourceVersion: `v${(version += 1)}` } });
      if (object !== undefined) changes.set(keyOf(object), object);
    }
    return timed(() => {
      state = applyBurst<KubeObject>(state, { changes, resourceVersion: '2' });
      current = { ...current, backups: { ...current.backups, items: state.items } };
      built.forEach(({ follow }) => follow(current));
    });
  };
  const works: readonly Work[] = [
    ['parse of all (the floor)', () => 40 * timed(() => JSON.parse(texts) as unknown)],
    ['parse of a page', () => timed(() => JSON.parse(texts) as unknown)],
    ['projection of a page', () => timed(() => parsed.items.forEach((item) => PROJECTIONS.backups(item)))],
    ['index of all', () => timed(() => indexClusters(copyOf(inventory)))],
    ['clusters, all listed', () => later(() => buildClustersTree(inventory, { pages }, time))],
    ['clusters, one opened', () => later(() => buildClustersTree(inventory, { pages }, time)[0]?.children?.())],
    ...GROUPINGS.map((groupBy): Work => [`backup sets by ${groupBy}`, () => timed(() => buildBackupSetsTree(inventory, { groupBy, filter: '', pages }, time))]),
    ['backup sets, filtered', () => timed(() => buildBackupSetsTree(inventory, { groupBy: 'cluster', filter: 'full 99', pages }, time))],
    ['backup sets, one opened', () => later(() => buildBackupSetsTree(inventory, { groupBy: 'cluster', filter: '', pages }, time)[0]?.children?.())],
    ['repositories', () => timed(() => buildRepositoriesTree(copyOf(inventory), time))],
    ['one event, all views', () => change(1)],
    ['100 events, all views', () => change(100)],
  ];
  const results = works.map(([what, ms]) => [what, Math.min(...Array.from({ length: ROUNDS }, ms))] as const);
  process.stdout.write(`${JSON.stringify(Object.fromEntries(results))}\n`);
}

const TREES: readonly ((inventory: Inventory) => readonly TreeNode[])[] = [
  (now) => buildClustersTree(now, { pages }, time),
  (now) => buildBackupSetsTree(now, { groupBy: 'cluster', filter: '', pages }, time),
  (now) => buildRepositoriesTree(now, time),
];

/** A tree of which the first root and what is under it is open. */
function opened(build: (inventory: Inventory) => readonly TreeNode[]): { readonly follow: (inventory: Inventory) => void } {
  let inventory = listed();
  const tree = new ShownTree(() => build(inventory));
  const first = tree.children()[0];
  if (first !== undefined) tree.children(first).forEach((line) => void tree.children(line));
  return {
    follow: (now) => {
      inventory = now;
      tree.update();
    },
  };
}

let once: Inventory | undefined;

function listed(): Inventory {
  once ??= {
    ...emptyInventory('bench'),
    connection: { state: 'connected', serverVersion: 'v1.30' },
    clusters: collect('clusters', CLUSTERS, cluster),
    policies: collect('policies', CLUSTERS, policy),
    schedules: collect('schedules', CLUSTERS, schedule),
    actionSets: collect('actionSets', 2, (index) => actionSets()[index]),
    backups: collect('backups', COUNT, (index) => (index < CLUSTERS ? logBackup(index, COUNT) : backup(index))),
  };
  return once;
}

function collect<Name extends 'clusters' | 'policies' | 'schedules' | 'actionSets' | 'backups'>(
  name: Name,
  count: number,
  make: (index: number) => unknown,
): Inventory[Name] {
  const objects = Array.from({ length: count }, (_, index) => PROJECTIONS[name](make(index))).filter((object) => object !== undefined);
  const items = new Map(objects.map((object: KubeObject) => [keyOf(object), object]));
  return { state: { state: 'ready', asOf: NOW }, items } as unknown as Inventory[Name];
}

/** The same objects in a collection that nothing remembers. */
function copyOf(inventory: Inventory): Inventory {
  return { ...inventory, backups: { ...inventory.backups, items: new Map([...inventory.backups.items].map(([key, object]) => [key, { ...object }])) } };
}

/** With ages that are due, so that nothing said before is used again. */
function later(work: () => unknown): number {
  time = { ...time, now: time.now + 60_000 };
  return timed(work);
}

function timed(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

main();
