import type { Clock } from '../../operations/ports';
import type { ActiveCluster } from '../connection/activeCluster';
import type { DocumentAddress } from './documentAddress';
import type { hasPageChanged } from './hasPageChanged';

export type PageAddress = Exclude<DocumentAddress, { form: 'preview' }>;
export type ObjectAddress = Exclude<PageAddress, { form: 'engines' }>;

/** The pages that are open, and how one of them is made again. */
export interface OpenPages {
  open(): readonly PageAddress[];
  remake(address: PageAddress): void;
  /** Loads what compares two snapshots, once a page is open. */
  hasChanged(): Promise<typeof hasPageChanged>;
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
    const open = pages.open();
    if (open.length > 0) {
      const hasChanged = await pages.hasChanged();
      open.filter((address) => hasChanged(address, before, now)).forEach((address) => pages.remake(address));
    }
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
