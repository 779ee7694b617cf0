import type { CollectionName, Inventory } from '../../kubeblocks/inventory';
import type { ClusterSession } from '../../kubernetes/session';
import type { ActiveCluster } from './activeCluster';

/**
 * The inventory once these kinds were read, or it is known that they cannot be. Undefined when there is no cluster
 * to read from; rejects with the signal's reason when it is aborted first.
 */
export function whenListed(
  active: ActiveCluster,
  names: readonly CollectionName[],
  signal: AbortSignal,
): Promise<Inventory | undefined> {
  active.start();
  return settled((listener) => active.onDidChange(listener), () => (isSettled(active, names) ? { inventory: active.inventory } : undefined), signal);
}

/** The same of one session, whichever is shown. */
export function sessionListed(session: ClusterSession, names: readonly CollectionName[], signal: AbortSignal): Promise<Inventory> {
  return settled((listener) => session.onDidChange(listener), () => (isListed(session.inventory, names) ? { inventory: session.inventory } : undefined), signal);
}

/** Looks now and after each change, until there is an answer. */
function settled<T extends Inventory | undefined>(onDidChange: (listener: () => void) => () => void, read: () => { readonly inventory: T } | undefined, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      stopListening();
      signal.removeEventListener('abort', aborted);
    };
    const aborted = (): void => {
      stop();
      reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
    };
    const look = (): void => {
      const found = read();
      if (found !== undefined) {
        stop();
        resolve(found.inventory);
      }
    };
    const stopListening = onDidChange(look);
    signal.addEventListener('abort', aborted);
    look();
  });
}

function isSettled(active: ActiveCluster, names: readonly CollectionName[]): boolean {
  const { inventory } = active;
  return inventory === undefined ? active.state.state !== 'opening' && active.state.state !== 'idle' : isListed(inventory, names);
}

function isListed(inventory: Inventory, names: readonly CollectionName[]): boolean {
  const { state } = inventory.connection;
  return state === 'noKubeBlocks' || state === 'failed' || names.every((name) => inventory[name].state.state !== 'loading');
}
