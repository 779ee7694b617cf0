import type { Inventory, ListState } from '../../kubeblocks/inventory';
import type { ActiveState } from '../connection/activeCluster';
import type { ConnectionKey, ViewKey } from '../contextKeys';

/** Where the connection stands, for the welcome texts. A lost connection with something to show counts as connected. */
export function connectionKey(active: ActiveState): ConnectionKey {
  if (active.state !== 'open') {
    return active.state === 'opening' ? 'connecting' : active.state;
  }
  const { connection } = active.session.inventory;
  if (connection.state === 'failed') {
    return hasAnything(active.session.inventory) ? 'connected' : 'failed';
  }
  return connection.state;
}

/** What a view means when it has no line. `lines` is whether it has one. */
export function viewKey(state: ListState, lines: boolean, filtered: boolean): ViewKey {
  if (state.state === 'loading') {
    return 'loading';
  }
  if (lines) {
    return 'items';
  }
  if (filtered) {
    return 'filtered';
  }
  return state.state === 'forbidden' ? 'forbidden' : 'empty';
}

function hasAnything({ clusters, backups, repos }: Inventory): boolean {
  return clusters.items.size + backups.items.size + repos.items.size > 0;
}
