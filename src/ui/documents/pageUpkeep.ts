import { indexClusters } from '../../kubeblocks/clusterIndex';
import { objectKey, type Inventory } from '../../kubeblocks/inventory';
import type { Clock } from '../../operations/ports';
import type { ActiveCluster } from '../connection/activeCluster';
import { findObject } from '../findObject';
import type { DocumentAddress } from './documentAddress';

export type ObjectAddress = Exclude<DocumentAddress, { form: 'preview' }>;

/** The pages that are open, and how one of them is made again. */
export interface OpenPages {
  open(): readonly ObjectAddress[];
  remake(address: ObjectAddress): void;
}

/** At most one look (ms) at what changed: a failing restore can change many times a second. */
const PAUSE = 1000;

/** Makes an open page again when what it is about changed. Returns how to stop. */
export function keepPagesCurrent(active: ActiveCluster, pages: OpenPages, clock: Clock): () => void {
  const ending = new AbortController();
  let seen = active.inventory;
  let isDue = false;
  const look = async (): Promise<void> => {
    isDue = true;
    try {
      await clock.sleep(PAUSE, ending.signal);
    } catch {
      return;
    }
    isDue = false;
    const now = active.inventory;
    const before = seen;
    seen = now;
    pages.open().filter((address) => hasChanged(address, before, now)).forEach((address) => pages.remake(address));
  };
  const stop = active.onDidChange(() => {
    if (!isDue && active.inventory !== seen) {
      void look();
    }
  });
  return () => {
    stop();
    ending.abort();
  };
}

/** A page of another context stays as it is; it says that it cannot be read when that context is left. */
function hasChanged({ context, ref }: ObjectAddress, before: Inventory | undefined, now: Inventory | undefined): boolean {
  return now?.context === context && subject(ref, before) !== subject(ref, now);
}

/** What a page shows, the same object as long as nothing of it changed. */
function subject(ref: ObjectAddress['ref'], inventory: Inventory | undefined): unknown {
  if (inventory === undefined) {
    return undefined;
  }
  const ofCluster = ref.kind === 'cluster' ? indexClusters(inventory).entries.get(objectKey(ref.namespace, ref.name)) : undefined;
  return ofCluster ?? findObject(inventory, ref);
}
