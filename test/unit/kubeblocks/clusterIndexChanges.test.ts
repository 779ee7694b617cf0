import assert from 'node:assert/strict';
import { groupBackups } from '../../../src/kubeblocks/backupGroups';
import { indexClusters } from '../../../src/kubeblocks/clusterIndex';
import type { Inventory } from '../../../src/kubeblocks/inventory';
import { keyOf } from '../../../src/kubeblocks/inventory';
import { LABELS } from '../../../src/kubeblocks/labels';
import type { Backup } from '../../../src/kubeblocks/objects';
import { aBackup, aCluster, anEarlyFailure, anInventory, aPolicy, collection } from '../../support/builders';

const NAMES = ['orders-pg', 'users-pg', 'gone-pg'] as const;

describe('indexClusters after changes', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    it(`gives what an index of the same objects made from nothing gives (seed ${seed})`, () => {
      const random = seeded(seed);
      let inventory = anInventory({ clusters: [aCluster()] });
      for (let step = 0; step < 150; step += 1) {
        inventory = changed(inventory, random, step);
        const incremental = indexClusters(inventory);
        forget();
        assert.deepEqual(listing(incremental), listing(indexClusters(inventory)));
      }
    });
  }

  it('keeps the entries of clusters that nothing happened to', () => {
    const others = aBackup('other', '09:00:00', { metadata: { labels: { [LABELS.instance]: 'users-pg' } } });
    const inventory = anInventory({ clusters: [aCluster()], backups: [aBackup('a'), others] });
    const before = indexClusters(inventory);
    const after = indexClusters({ ...inventory, backups: collection([aBackup('a'), others]) });
    const [changedKey, otherKey] = ['payments/orders-pg', [...before.entries.keys()].find((key) => key.includes('users-pg')) ?? ''];
    assert.notEqual(after.entries.get(changedKey), before.entries.get(changedKey));
    assert.equal(after.entries.get(otherKey), before.entries.get(otherKey));
  });

  it('keeps a group of which no backup changed', () => {
    const [mine, other] = [aBackup('mine'), anEarlyFailure('other')];
    const before = groupBackups(collection([mine, other]).items);
    const after = groupBackups(collection([mine]).items);
    const [kept] = [...after];
    assert.equal(after.size, 1);
    assert.equal(kept?.[1], before.get(kept?.[0] ?? ''));
  });
});

/** Another inventory in between: the next index starts from nothing. */
function forget(): void {
  indexClusters(anInventory({}));
}

function listing({ entries, unassigned }: ReturnType<typeof indexClusters>): unknown {
  return { entries: [...entries], unassigned };
}

function changed(inventory: Inventory, random: () => number, step: number): Inventory {
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
  const time = `0${Math.floor(random() * 10)}:00:00`;
  const labels = { [LABELS.instance]: pick(NAMES) ?? '', ...(random() < 0.5 ? { [LABELS.clusterUid]: pick(['uid-1', 'uid-2']) ?? '' } : {}) };
  const backups = new Map(inventory.backups.items);
  const some = pick([...backups.values()]);
  switch (Math.floor(random() * 6)) {
    case 0:
      return { ...inventory, clusters: collection(inventory.clusters.items.size > 0 ? [] : [aCluster()]) };
    case 1:
      return { ...inventory, policies: collection(inventory.policies.items.size > 0 ? [] : [aPolicy()]) };
    case 2:
      return withBackups(inventory, backups, anEarlyFailure(`early-${step % 7}`));
    case 3:
      backups.delete(some === undefined ? '' : keyOf(some));
      return { ...inventory, backups: { ...inventory.backups, items: backups } };
    case 4:
      // It gets its labels late, or its owner changes.
      return withBackups(inventory, backups, aBackup(some?.metadata.name ?? 'first', time, { metadata: { labels } }));
    default:
      return withBackups(inventory, backups, aBackup(`b-${step}`, time, { metadata: { labels } }));
  }
}

function withBackups(inventory: Inventory, backups: Map<string, Backup>, backup: Backup): Inventory {
  backups.set(keyOf(backup), backup);
  return { ...inventory, backups: { ...inventory.backups, items: backups } };
}

/** mulberry32: the same numbers for the same seed, 0 (inclusive) to 1 (exclusive). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
