import type { CollectionName, Inventory } from '../../kubeblocks/inventory';
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
      if (isSettled(active, names)) {
        stop();
        resolve(active.inventory);
      }
    };
    const stopListening = active.onDidChange(look);
    signal.addEventListener('abort', aborted);
    look();
  });
}

function isSettled(active: ActiveCluster, names: readonly CollectionName[]): boolean {
  const { inventory } = active;
  if (inventory === undefined) {
    return active.state.state !== 'opening' && active.state.state !== 'idle';
  }
  const { state } = inventory.connection;
  return state === 'noKubeBlocks' || state === 'failed' || names.every((name) => inventory[name].state.state !== 'loading');
}
