import type { Inventory } from '../../src/kubeblocks/inventory';
import type { ClusterSession } from '../../src/kubernetes/session';

/** How long (ms) a session by the machine's clock may take for anything: far more than it takes on a busy machine. */
const PATIENCE = 300_000;

/** Resolves once what the session knows is so. Rejects with what it was waited for. */
export function untilKnown(session: Pick<ClusterSession, 'inventory' | 'onDidChange'>, what: string, isSo: (inventory: Inventory) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => end(() => reject(new Error(`the session never knew: ${what}`))), PATIENCE);
    const look = (): void => {
      if (isSo(session.inventory)) end(resolve);
    };
    const stop = session.onDidChange(look);
    const end = (finish: () => void): void => {
      clearTimeout(late);
      stop();
      finish();
    };
    look();
  });
}
