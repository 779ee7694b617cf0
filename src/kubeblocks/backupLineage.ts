import { entryOfBackup } from './clusterIndex';
import { clusterWindow, type Stretch } from './clusterWindow';
import { deletionLoss, type DeletionLoss } from './deletionLoss';
import { keyOf, type Inventory } from './inventory';
import { chainOf, type Chain } from './lineage';
import type { Backup } from './objects';

/** Where a backup set comes from, what builds on it, and what it is good for. */
export interface Lineage {
  /** From the full backup to it, and where that breaks; of a log backup, itself alone. */
  readonly chain: Chain;
  /** The incrementals that build on it, parents before children; they are deleted with it. */
  readonly descendants: readonly Backup[];
  /**
   * Instants that are restored by it, in order: of a log backup those that it is replayed to, of another those for which
   * a log is replayed on it or on what builds on it.
   */
  readonly instants: readonly LineageInstants[];
  /** What deleting it takes. Less than `instants` where something else restores them, too. */
  readonly loss: DeletionLoss;
}

export type LineageInstants = Stretch & { readonly kind: 'recoverable' };

/** Up and down the chain, and the log backups that need it. Pure; `now` in ms since the epoch. */
export function lineage(inventory: Inventory, backup: Backup, now: number): Lineage {
  const loss = deletionLoss(inventory, [backup], now);
  const family = new Set(loss.backups.map(keyOf));
  const entry = entryOfBackup(inventory, backup);
  const stretches = entry === undefined ? [] : clusterWindow(inventory, entry, now).components.flatMap((component) => component.stretches);
  return {
    chain: chainOf(inventory, backup),
    descendants: loss.backups.filter((each) => each !== backup),
    instants: stretches.filter((stretch) => stretch.kind === 'recoverable').filter(({ log, base }) => [log, ...(base === undefined ? [] : [base])].some((each) => family.has(keyOf(each)))),
    loss,
  };
}
